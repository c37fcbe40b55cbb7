package io.nightjar.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.io.Decoding;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A JSON object that was read. What is wrong with it is an {@link IllegalArgumentException} whose
 * message goes on after the name of the document: {@code it lacks the field
 * "categories[0].seconds"}.
 */
public final class JsonDocument {
  private final ObjectNode node;

  /** What precedes the names of the fields; empty for a whole document. */
  private final String path;

  private JsonDocument(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /**
   * Reads a whole document.
   *
   * @throws IllegalArgumentException if the text is no JSON object
   */
  public static JsonDocument parse(String json) {
    try {
      return object(
          Decoding.<JsonNode, IllegalArgumentException, JsonProcessingException>guarded(
              () -> Json.MAPPER.readTree(json), IllegalArgumentException::new),
          "");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.syntax(e), e);
    }
  }

  private static JsonDocument object(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      return new JsonDocument(object, path);
    }
    throw new IllegalArgumentException(
        path.isEmpty()
            ? "it is no JSON object"
            : Text.format("its field \"%s\" is no object", path.substring(0, path.length() - 1)));
  }

  /** The version of the document's format; documents from before the field have version 1. */
  public int version() {
    node.putIfAbsent(Json.FORMAT_VERSION, node.numberNode(1));
    JsonNode version = node.get(Json.FORMAT_VERSION);
    if (!version.isInt() || version.asInt() < 1) {
      throw new IllegalArgumentException(
          Text.format(
              "its %s is %s, which is no version",
              Json.FORMAT_VERSION, Decoding.shortened(version.toString())));
    }
    return version.asInt();
  }

  /**
   * Refuses a document of a newer format.
   *
   * @param newest the newest version of the format that is read
   * @throws IllegalArgumentException if the document has a newer one
   */
  public JsonDocument requireVersion(int newest) {
    if (version() > newest) {
      throw new IllegalArgumentException(
          Text.format(
              "its %s is %d, and this program reads versions up to %d; use the Nightjar that wrote"
                  + " it, or a newer one",
              Json.FORMAT_VERSION, version(), newest));
    }
    return this;
  }

  /** Gives a field that older documents do not have its value. */
  public JsonDocument withDefault(String name, int value) {
    node.putIfAbsent(name, node.numberNode(value));
    return this;
  }

  /** Gives a field that older documents do not have the value null. */
  public JsonDocument withNull(String name) {
    node.putIfAbsent(name, node.nullNode());
    return this;
  }

  /**
   * The fields that a record has, as that record; others are passed over.
   *
   * @throws IllegalArgumentException if one is missing, null or of another type
   */
  public <T> T as(Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.binding(e, path), e);
    }
  }

  /** All fields as Java's own values: maps, lists, strings, numbers, booleans and nulls. */
  public Map<String, Object> values() {
    return Json.MAPPER.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  public boolean has(String name) {
    return node.has(name);
  }

  public boolean isNull(String name) {
    return field(name).isNull();
  }

  /** A field that is an object. */
  public JsonDocument child(String name) {
    return object(field(name), path + name + ".");
  }

  /** A field that is an array of objects. */
  public List<JsonDocument> children(String name) {
    List<JsonDocument> children = new ArrayList<>();
    for (JsonNode element : field(name)) {
      children.add(object(element, path + name + "[" + children.size() + "]."));
    }
    return children;
  }

  /** A field that is an object of objects, in its order. */
  public Map<String, JsonDocument> entries(String name) {
    Map<String, JsonDocument> entries = new LinkedHashMap<>();
    field(name)
        .properties()
        .forEach(
            e ->
                entries.put(
                    e.getKey(), object(e.getValue(), path + name + "." + e.getKey() + ".")));
    return entries;
  }

  public String text(String name) {
    JsonNode value = field(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(
          Text.format(
              "its field \"%s%s\" is no text: %s",
              path, name, Decoding.shortened(value.toString())));
    }
    return value.asText();
  }

  /** A number; empty where the field is null. */
  public OptionalDouble number(String name) {
    JsonNode value = field(name);
    if (value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(
          Text.format(
              "its field \"%s%s\" is no number: %s",
              path, name, Decoding.shortened(value.toString())));
    }
    return OptionalDouble.of(value.asDouble());
  }

  /** An array of numbers. */
  public List<Double> numbers(String name) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode value : field(name)) {
      if (!value.isNumber()) {
        throw new IllegalArgumentException(
            Text.format(
                "its field \"%s%s\" holds no number: %s",
                path, name, Decoding.shortened(value.toString())));
      }
      numbers.add(value.asDouble());
    }
    return numbers;
  }

  private JsonNode field(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(JsonFault.missing(path + name));
    }
    return value;
  }
}
