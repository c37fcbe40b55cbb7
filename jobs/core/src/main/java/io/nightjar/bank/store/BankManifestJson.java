package io.nightjar.bank.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@link BankManifest} as {@code bank.json}. */
final class BankManifestJson {
  private static final String FORMAT = "format_version";

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          // Later versions of the program may tell more within one version of the format.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private BankManifestJson() {}

  static byte[] write(BankManifest manifest) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put(FORMAT, BankManifest.FORMAT_VERSION);
    node.put("version", manifest.version());
    node.put("parent", manifest.parent().isPresent() ? manifest.parent().getAsInt() : null);
    node.put("category", manifest.category());
    node.put("created", manifest.created());
    node.put("creator", manifest.creator());
    ObjectNode backbone = MAPPER.valueToTree(manifest.backbone());
    node.setAll(backbone);
    node.put("dimension", manifest.dimension());
    node.put("rows", manifest.rows());
    node.set("pca", MAPPER.valueToTree(manifest.pca()));
    node.set("coreset", MAPPER.valueToTree(manifest.coreset().orElse(null)));
    node.set("sources", MAPPER.valueToTree(manifest.sources()));
    node.put("note", manifest.note());
    node.set("files", MAPPER.valueToTree(manifest.files()));
    node.set("images", MAPPER.valueToTree(manifest.images()));
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A bank's manifest cannot be written", e);
    }
  }

  /**
   * @param name of the manifest, for the refusal
   * @throws InvalidInputException if it is no manifest, of a format that this program does not
   *     know, or does not agree with itself
   */
  static BankManifest read(byte[] json, String name) {
    try {
      JsonNode node = MAPPER.readTree(json);
      int format = field(node, FORMAT).asInt();
      if (format != BankManifest.FORMAT_VERSION) {
        throw new InvalidInputException(
            Text.format(
                    "The bank's manifest %s has format version %s, but this program reads version %d; use",
                    name, field(node, FORMAT).asText(), BankManifest.FORMAT_VERSION)
                + " the Nightjar that wrote the bank, or a newer one.");
      }
      BankManifest manifest = read(node);
      if (manifest.rows() != field(node, "rows").asLong()) {
        throw new IllegalArgumentException(
            Text.format(
                "it tells of %d rows, but its files have %d",
                field(node, "rows").asLong(), manifest.rows()));
      }
      return manifest;
    } catch (IOException | IllegalArgumentException e) {
      String reason =
          e instanceof JsonProcessingException json2 ? json2.getOriginalMessage() : e.getMessage();
      throw new InvalidInputException(
          Text.format(
              "The bank's manifest %s cannot be used: %s. Restore the file, or name another version.",
              name, reason),
          e);
    }
  }

  private static BankManifest read(JsonNode node) throws JsonProcessingException {
    JsonNode parent = field(node, "parent");
    JsonNode coreset = field(node, "coreset");
    return new BankManifest(
        field(node, "version").asInt(),
        parent.isNull() ? OptionalInt.empty() : OptionalInt.of(parent.asInt()),
        field(node, "category").asText(),
        field(node, "created").asText(),
        field(node, "creator").asText(),
        MAPPER.treeToValue(node, BankBackbone.class),
        field(node, "dimension").asInt(),
        list(node, "images", BankManifest.Image.class),
        MAPPER.treeToValue(field(node, "pca"), BankManifest.Pca.class),
        list(node, "files", BankManifest.RowFile.class),
        coreset.isNull()
            ? Optional.empty()
            : Optional.of(MAPPER.treeToValue(coreset, BankManifest.Coreset.class)),
        list(node, "sources", String.class),
        field(node, "note").asText());
  }

  private static <T> List<T> list(JsonNode node, String name, Class<T> type)
      throws JsonProcessingException {
    List<T> values = new ArrayList<>();
    for (JsonNode element : field(node, name)) {
      values.add(MAPPER.treeToValue(element, type));
    }
    return values;
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode value = node == null ? null : node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(Text.format("it has no field \"%s\"", name));
    }
    return value;
  }
}
