package io.nightjar.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.nightjar.io.Decoding;
import io.nightjar.text.Text;

/** Jackson's exceptions in a user's words; its own name the classes of the program. */
final class JsonFault {
  private JsonFault() {}

  static String missing(String field) {
    return Text.format("it lacks the field \"%s\"", field);
  }

  /** A text that is not JSON. */
  static String syntax(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where =
        at == null ? "" : Text.format(" (line %d, column %d)", at.getLineNr(), at.getColumnNr());
    return "it is not JSON: "
        + Decoding.shortened(e.getOriginalMessage().split(" \\(start marker", 2)[0])
        + where;
  }

  /**
   * A document that is not what a record needs.
   *
   * @param path what precedes the names of the fields
   */
  static String binding(JsonProcessingException e, String path) {
    String field = path + (e instanceof JsonMappingException mapping ? field(mapping) : "");
    if (e instanceof InvalidNullException) {
      return Text.format("its field \"%s\" is null", field);
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return e.getCause().getMessage();
    }
    return e.getOriginalMessage().startsWith("Missing ")
        ? missing(field)
        : Text.format(
            "its field \"%s\" is wrong: %s", field, Decoding.shortened(e.getOriginalMessage()));
  }

  private static String field(JsonMappingException e) {
    StringBuilder field = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        field.append('[').append(reference.getIndex()).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return field.toString();
  }
}
