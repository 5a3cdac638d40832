"""Carries out plans of producers, and reads what librdkafka delivers of each topic under read_committed.

Input: {"brokers", "plans": [{"topic", "steps": [[what, producer, ...], ...]}]}
Output: [{"records": ["partition:offset:value", ...], "ends": {partition: offset after the last one that may be read}}]
"""
import json
import sys

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition


class Plan:
    def __init__(self, brokers, topic):
        self.brokers, self.topic, self.producers = brokers, topic, {}

    def run(self, what, name, *rest):
        if what == "producer":
            self.create(name, *rest)
            return
        if what == "rename":
            self.producers[rest[0]] = self.producers.pop(name)
            return
        producer = self.producers[name]
        if what == "begin":
            producer.begin_transaction()
        elif what == "send":
            partition, value, *key = rest
            producer.produce(self.topic, value, *key, partition=partition)
        elif what == "flush":
            producer.flush(60)
        elif what == "commit":
            producer.commit_transaction(60)
        elif what == "abort":
            producer.abort_transaction(60)
        elif what == "fenced":
            expect_fenced(producer)
        else:
            raise ValueError(what)

    def create(self, name, transactional_id, codec):
        settings = {"bootstrap.servers": self.brokers, "compression.type": codec, "linger.ms": 0}
        if transactional_id is not None:
            settings |= {"transactional.id": transactional_id, "transaction.timeout.ms": 600_000}
        producer = Producer(settings)
        if transactional_id is not None:
            producer.init_transactions(60)
        self.producers[name] = producer

    def read(self):
        consumer = Consumer(
            {
                "bootstrap.servers": self.brokers,
                "group.id": self.topic,
                "isolation.level": "read_committed",
                "enable.partition.eof": True,
                "enable.auto.commit": False,
                "check.crcs": True,
            }
        )
        partitions = consumer.list_topics(self.topic, 30).topics[self.topic].partitions
        first = {each: consumer.get_watermark_offsets(TopicPartition(self.topic, each), 30)[0] for each in partitions}
        consumer.assign([TopicPartition(self.topic, each, first[each]) for each in partitions])
        records, ends = [], {}
        while len(ends) < len(partitions):
            message = consumer.poll(30)
            if message is None:
                raise TimeoutError(f"nothing more of {self.topic}; at the end are {ends}")
            error = message.error()
            if error is None:
                records.append(f"{message.partition()}:{message.offset()}:{message.value().decode()}")
            elif error.code() == KafkaError._PARTITION_EOF:
                ends[message.partition()] = message.offset()
            else:
                raise KafkaException(error)
        consumer.close()
        return {"records": records, "ends": ends}


def expect_fenced(producer):
    try:
        producer.commit_transaction(60)
    except KafkaException as error:
        if error.args[0].code() in (KafkaError._FENCED, KafkaError.PRODUCER_FENCED, KafkaError.INVALID_PRODUCER_EPOCH):
            return
        raise
    raise AssertionError("a producer committed although another one has its id")


def main():
    given = json.load(sys.stdin)
    read = []
    for each in given["plans"]:
        plan = Plan(given["brokers"], each["topic"])
        for step in each["steps"]:
            plan.run(*step)
        read.append(plan.read())
    print(json.dumps(read))
    sys.stdout.flush()


main()
