import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's own producers and consumer for tests in other languages. Each line of the input is a command, each line of the output its answer:
 * "ok" and what it returns, or "error" and why. Values are in Base64, "-" for none, "zeros:N" for N zero bytes.
 */
public final class KafkaClients {
  private static final Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();
  private static final Map<String, List<Future<RecordMetadata>>> sent = new HashMap<>();
  private static String brokers;

  public static void main(String[] args) throws Exception {
    brokers = args[0];
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ok");
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      try {
        System.out.println(("ok " + run(line.split(" "))).trim());
      } catch (Exception error) {
        System.out.println("error " + error.toString().replace('\n', ' '));
      }
    }
    System.exit(0);
  }

  private static String run(String[] words) throws Exception {
    return switch (words[0]) {
      case "producer" -> producer(words[1], words);
      case "send" -> send(words[1], words[2], Integer.parseInt(words[3]), bytes(words[4]), bytes(words[5]));
      case "sendAvro" -> sendAvro(words[1], words[2], bytes(words[3]), bytes(words[4]), bytes(words[5]), words[6]);
      case "flush" -> flush(words[1]);
      case "init" -> { producers.get(words[1]).initTransactions(); yield ""; }
      case "begin" -> { producers.get(words[1]).beginTransaction(); yield ""; }
      case "commit" -> { producers.get(words[1]).commitTransaction(); yield ""; }
      case "abort" -> { producers.get(words[1]).abortTransaction(); yield ""; }
      case "read" -> read(words[1]);
      default -> throw new IllegalArgumentException("unknown command " + words[0]);
    };
  }

  /** producer NAME [setting=value ...] */
  private static String producer(String name, String[] words) {
    var settings = settings();
    for (int n = 2; n < words.length; n++) {
      int at = words[n].indexOf('=');
      settings.put(words[n].substring(0, at), words[n].substring(at + 1));
    }
    producers.put(name, new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    sent.put(name, new ArrayList<>());
    return "";
  }

  private static String send(String name, String topic, int partition, byte[] key, byte[] value) {
    sent.get(name).add(producers.get(name).send(new ProducerRecord<>(topic, partition, key, value)));
    return "";
  }

  /**
   * Sends an Avro record as Java's serializers frame it: read from a body by its schema, and written by another one into objects of Java, which
   * have an order of maps of their own.
   *
   * @param header a zero byte and the schema id, or what else stands before the body
   * @param blocks "blocks" to write lists and maps with their sizes in bytes
   */
  private static String sendAvro(String name, String topic, byte[] header, byte[] body, byte[] schemas, String blocks)
      throws Exception {
    var texts = new String(schemas, StandardCharsets.UTF_8).split("\n");
    var written = new Schema.Parser().parse(texts[0]);
    var wanted = new Schema.Parser().parse(texts[1]);
    var event = new GenericDatumReader<GenericRecord>(written, wanted).read(null, DecoderFactory.get().binaryDecoder(body, null));
    var bytes = new ByteArrayOutputStream();
    bytes.write(header);
    var factory = EncoderFactory.get();
    var encoder = blocks.equals("blocks") ? factory.blockingBinaryEncoder(bytes, null) : factory.binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(wanted).write(event, encoder);
    encoder.flush();
    return send(name, topic, 0, null, bytes.toByteArray());
  }

  /** Answers the offsets of what was sent since the last time. */
  private static String flush(String name) throws Exception {
    producers.get(name).flush();
    var offsets = new ArrayList<String>();
    for (var future : sent.get(name)) offsets.add(String.valueOf(future.get().offset()));
    sent.get(name).clear();
    return String.join(" ", offsets);
  }

  /** Answers partition:offset of each record that a consumer delivers under read_committed. */
  private static String read(String topic) {
    var settings = settings();
    settings.put("isolation.level", "read_committed");
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions = new ArrayList<TopicPartition>();
      for (var info : consumer.partitionsFor(topic)) partitions.add(new TopicPartition(topic, info.partition()));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var found = new ArrayList<String>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each)))
        for (var record : consumer.poll(Duration.ofMillis(200))) found.add(record.partition() + ":" + record.offset());
      return String.join(" ", found);
    }
  }

  private static Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put("bootstrap.servers", brokers);
    return settings;
  }

  private static byte[] bytes(String word) {
    if (word.startsWith("zeros:")) return new byte[Integer.parseInt(word.substring("zeros:".length()))];
    return word.equals("-") ? null : Base64.getDecoder().decode(word);
  }
}
