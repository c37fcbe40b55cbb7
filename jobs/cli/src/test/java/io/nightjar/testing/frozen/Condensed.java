package io.nightjar.testing.frozen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Values with their long arrays replaced by digests, so that few bytes describe many. */
final class Condensed {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final String DIGEST = "sha256:";
  private static final int LONGEST_ARRAY = 24;

  private Condensed() {}

  /** The same value; an array of more than some numbers or texts becomes its digest. */
  static JsonNode of(JsonNode value, UnaryOperator<String> text) {
    if (value.isObject()) {
      ObjectNode object = NODES.objectNode();
      value.properties().forEach(e -> object.set(text.apply(e.getKey()), of(e.getValue(), text)));
      return object;
    }
    if (value.isArray()) {
      return array(value, text);
    }
    return value.isTextual() ? NODES.textNode(text.apply(value.textValue())) : value;
  }

  private static JsonNode array(JsonNode value, UnaryOperator<String> text) {
    boolean flat = StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isValueNode);
    if (flat && value.size() > LONGEST_ARRAY) {
      return digest(
          StreamSupport.stream(value.spliterator(), false)
              .map(Condensed::exact)
              .map(text)
              .collect(Collectors.joining(" ", value.size() + ": ", "")));
    }
    ArrayNode array = NODES.arrayNode();
    value.forEach(element -> array.add(of(element, text)));
    return array;
  }

  /** A value's text, which is the same however its number was written. */
  private static String exact(JsonNode value) {
    return value.isNumber() ? plain(value.decimalValue()) : value.asText();
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toString();
  }

  static JsonNode digest(String content) {
    return digest(content.getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return NODES.textNode(DIGEST + HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Whether a text is a digest, of this class or of the product: nothing that can be close. */
  static boolean isDigest(JsonNode value) {
    return value.isTextual() && value.textValue().matches("(" + DIGEST + ")?[0-9a-f]{64}");
  }
}
