package example.lodestream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints which mineral is spoken of with which country, and the words that say so.
 *
 * <p>Arguments: BOOTSTRAP_SERVERS TOPIC GROUP [--until-end]. Events are read with {@code read_committed}, for they are published
 * in transactions; offsets are committed after their events have been printed, so that a crash repeats events and loses none.
 */
public final class MineralsByCountry {
    private static final String SCHEMA = "lodestream.enriched-article/1";

    private final ObjectMapper json = new ObjectMapper();
    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private volatile boolean stopping;

    public static void main(String[] arguments) throws JsonProcessingException {
        if (arguments.length < 3) {
            System.err.println("arguments: BOOTSTRAP_SERVERS TOPIC GROUP [--until-end]");
            System.exit(2);
        }
        boolean untilEnd = List.of(arguments).contains("--until-end");
        new MineralsByCountry().run(arguments[0], arguments[1], arguments[2], untilEnd);
    }

    private void run(String bootstrap, String topic, String group, boolean untilEnd) throws JsonProcessingException {
        stopInOrder();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties(bootstrap, group))) {
            consumer.subscribe(List.of(topic));
            do {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(500));
                for (ConsumerRecord<String, String> record : records) {
                    print(record);
                }
                out.flush();
                if (!records.isEmpty()) {
                    consumer.commitSync();
                }
            } while (!stopping && !(untilEnd && atEnd(consumer)));
        }
    }

    /** Ctrl-C and SIGTERM: what is printed is committed before the end. */
    private void stopInOrder() {
        Thread reading = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping = true;
            try {
                reading.join(10_000);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static Properties properties(String bootstrap, String group) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        return properties;
    }

    /** Whether everything that there is has been read. */
    private static boolean atEnd(KafkaConsumer<String, String> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        return !assigned.isEmpty() && assigned.stream().allMatch(part -> consumer.position(part) >= ends.get(part));
    }

    private void print(ConsumerRecord<String, String> record) throws JsonProcessingException {
        JsonNode event = json.readTree(record.value());
        if (!SCHEMA.equals(event.path("schema").asText())) {
            throw new IllegalStateException("%s partition %d offset %d is of schema %s; this consumer reads %s".formatted(
                    record.topic(), record.partition(), record.offset(), event.path("schema"), SCHEMA));
        }
        for (JsonNode pair : event.path("mineral_countries")) {
            out.printf("%s\t%s\t%s\t%s\t%d\t%s%n",
                    event.path("event_id").asText(), pair.path("mineral").asText(), pair.path("country").asText(),
                    pair.path("basis").asText(), pair.path("mention_count").asLong(),
                    words(event.path("article"), pair.path("evidence").path(0)));
        }
    }

    /** The words of a piece of evidence. Offsets count Unicode characters, which Java's strings hold in one or two chars. */
    private static String words(JsonNode article, JsonNode evidence) {
        String text = article.path(evidence.path("field").asText()).asText("");
        if (text.isEmpty()) {
            return "";
        }
        int start = text.offsetByCodePoints(0, evidence.path("start").asInt());
        int end = text.offsetByCodePoints(start, evidence.path("end").asInt() - evidence.path("start").asInt());
        return String.join(" ", text.substring(start, end).strip().split("\\s+"));
    }
}
