package io.nightjar.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.nightjar.text.Addresses;
import java.io.IOException;

/**
 * Writes records as JSON: a component is a field, in the order of the record, its name in snake
 * case; numbers are unrounded; addresses are redacted.
 */
public final class Json {
  /** The field that says which version of its format a document has. */
  public static final String FORMAT_VERSION = "format_version";

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Later programs may write more within one version of a format.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static {
    MAPPER.registerModule(
        new SimpleModule()
            .addSerializer(String.class, new RedactedText())
            .addKeySerializer(String.class, new RedactedKey()));
    MAPPER.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL));
  }

  /** Documents are stored and passed on: their addresses have no user, password or query. */
  private static final class RedactedText extends StdScalarSerializer<String> {
    private static final long serialVersionUID = 1L;

    RedactedText() {
      super(String.class);
    }

    @Override
    public void serialize(String text, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Addresses.redacted(text));
    }
  }

  private static final class RedactedKey extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    RedactedKey() {
      super(String.class);
    }

    @Override
    public void serialize(String text, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeFieldName(Addresses.redacted(text));
    }
  }

  private Json() {}

  /** A document for a person: indented. */
  public static String indented(Object document) {
    return write(MAPPER.writerWithDefaultPrettyPrinter(), document);
  }

  /** A document with long arrays, which no person reads line by line: all on one line. */
  public static String compact(Object document) {
    return write(MAPPER.writer(), document);
  }

  /** A document to be hashed: compact, every object by the names of its fields. */
  public static String canonical(Object document) {
    return write(MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS), document);
  }

  /** A document with long arrays in UTF-8, for a document that is too long to be held twice. */
  public static byte[] compactBytes(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw cannot(e);
    }
  }

  private static String write(ObjectWriter writer, Object document) {
    try {
      return writer.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw cannot(e);
    }
  }

  private static IllegalArgumentException cannot(JsonProcessingException e) {
    return new IllegalArgumentException(
        "It holds something that JSON cannot: " + e.getOriginalMessage(), e);
  }
}
