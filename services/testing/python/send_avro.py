"""Sends events as Python's Avro serializers encode them.

Input: {"brokers", "registry", "topic", "events": [{"schema", "body" (hex), "variants": {name: schema}}]}
Output: how many records were sent.
"""
import io
import json
import struct
import sys
import uuid

import fastavro
from confluent_kafka import Producer
from confluent_kafka.schema_registry import (
    Schema,
    SchemaRegistryClient,
    record_subject_name_strategy,
    topic_record_subject_name_strategy,
    topic_subject_name_strategy,
)
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

STRATEGIES = [topic_subject_name_strategy, record_subject_name_strategy, topic_record_subject_name_strategy]
REGISTRATION = {
    "registers": {"auto.register.schemas": True},
    "registered before": {"auto.register.schemas": False},
    "latest": {"auto.register.schemas": False, "use.latest.version": True},
}


def read(body, writer, reader):
    schemas = [fastavro.parse_schema(json.loads(each)) for each in (writer, reader)]
    return fastavro.schemaless_reader(io.BytesIO(bytes.fromhex(body)), *schemas)


def serialized(client, topic, schema, event, strategy, settings):
    """A topic of its own, so that its subjects have no other versions; subjects by record alone take versions that are compatible."""
    context = SerializationContext(f"{topic}.{uuid.uuid4().hex[:8]}", MessageField.VALUE)
    record = fastavro.parse_schema(json.loads(schema))["name"]
    if not settings["auto.register.schemas"]:
        client.register_schema(strategy(context, record), Schema(schema, "AVRO"))
    serializer = AvroSerializer(client, schema, conf={**settings, "subject.name.strategy": strategy})
    return serializer(event, context)


def by_fastavro(client, topic, schema, event):
    """The header of the wire format, and what fastavro writes after it."""
    schema_id = client.register_schema(f"{topic}.{uuid.uuid4().hex[:8]}-value", Schema(schema, "AVRO"))
    bytes_ = io.BytesIO()
    bytes_.write(struct.pack(">bI", 0, schema_id))
    fastavro.schemaless_writer(bytes_, fastavro.parse_schema(json.loads(schema)), event)
    return bytes_.getvalue()


def values_of(given, client):
    for each in given["events"]:
        for variant, schema in each["variants"].items():
            event = read(each["body"], each["schema"], schema)
            for strategy in STRATEGIES:
                if variant != "the same" and strategy is record_subject_name_strategy:
                    continue  # one subject for every topic of the registry
                for settings in REGISTRATION.values():
                    yield serialized(client, given["topic"], schema, event, strategy, settings)
            yield by_fastavro(client, given["topic"], schema, event)


def main():
    given = json.load(sys.stdin)
    client = SchemaRegistryClient({"url": given["registry"]})
    producer = Producer({"bootstrap.servers": given["brokers"], "enable.idempotence": True})
    failures, sent = [], 0
    for value in values_of(given, client):
        producer.produce(given["topic"], value, on_delivery=lambda error, _: error and failures.append(str(error)))
        sent += 1
    producer.flush(60)
    if failures or len(producer) > 0:
        raise RuntimeError(f"not sent: {failures}")
    print(json.dumps(sent))


main()
