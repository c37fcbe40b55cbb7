package io.nightjar.testing.frozen;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All files of a folder as one JSON object: what they say, or a digest of it, by their paths. */
final class FrozenFolder {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Spark numbers the parts of a table in the default locale's digits. */
  private static final Pattern PART = Pattern.compile("(?<=part-)\\p{Nd}{5}|(?<=-c)\\p{Nd}{3}");

  private static final Pattern TABLE = Pattern.compile("part-\\p{Nd}{5}-[0-9a-f-]{36}-c");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path folder;
  private final Map<String, String> places;
  private final Map<String, String> uuids = new LinkedHashMap<>();

  private FrozenFolder(Path folder, Map<String, String> places) {
    this.folder = folder;
    this.places = places;
  }

  /**
   * @param places locations of this machine, and what to call them instead
   */
  static ObjectNode read(Path folder, Map<String, String> places) throws IOException {
    return new FrozenFolder(folder, places).read();
  }

  private ObjectNode read() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              // Hadoop's checksums and marks of success, and what is of the process alone.
              .filter(file -> !file.getFileName().toString().matches("[._].*|status\\.json"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      if (file.toString().endsWith(".json")) {
        numberUuids(Files.readString(file));
      }
    }
    Map<String, JsonNode> contents = new TreeMap<>();
    for (Path file : files) {
      String name = neutral(folder.relativize(file).toString().replace('\\', '/'));
      if (contents.put(name, content(file)) != null) {
        throw new IllegalStateException("Two files would have one name: " + name);
      }
    }
    return Condensed.NODES.objectNode().setAll(contents);
  }

  /** Names that are drawn again in each run are distinguished by where they are first mentioned. */
  private void numberUuids(String text) {
    // A table has one file, which needs no number, though run.json mentions it.
    Matcher matcher = UUID.matcher(TABLE.matcher(text).replaceAll(""));
    while (matcher.find()) {
      uuids.computeIfAbsent(matcher.group(), uuid -> "uuid-" + (uuids.size() + 1));
    }
  }

  private JsonNode content(Path file) throws IOException {
    String name = file.getFileName().toString();
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "json" -> Condensed.of(MAPPER.readTree(file.toFile()), this::neutral);
      case "csv" -> csv(Files.readString(file));
      case "html" -> Condensed.of(HtmlText.of(Files.readString(file)), this::neutral);
      case "parquet" -> ParquetTable.read(file, this::neutral);
      default -> Condensed.digest(Files.readAllBytes(file));
    };
  }

  private JsonNode csv(String text) {
    String[] lines = text.split("\r\n", -1);
    String[] names = lines[0].split(",", -1);
    ObjectNode table = Condensed.NODES.objectNode();
    table.put("header", lines[0]);
    table.put("ends", lines[lines.length - 1].isEmpty() ? "CRLF" : "no line end");
    ArrayNode rows = table.putArray("rows");
    for (int i = 1; i < lines.length - 1; i++) {
      String[] cells = lines[i].split(",", -1);
      ObjectNode row = rows.addObject();
      for (int k = 0; k < cells.length; k++) {
        row.put(k < names.length ? names[k] : "column " + k, neutral(cells[k]));
      }
    }
    return table;
  }

  private String neutral(String text) {
    String neutral = text;
    for (Map.Entry<String, String> place : places.entrySet()) {
      neutral = neutral.replace(place.getKey(), place.getValue());
    }
    neutral = PART.matcher(neutral).replaceAll(number -> latin(number.group()));
    return UUID.matcher(neutral).replaceAll(found -> uuids.getOrDefault(found.group(), "uuid"));
  }

  /** Spark numbers its files in the digits of the process's language. */
  private static String latin(String digits) {
    StringBuilder latin = new StringBuilder();
    digits.chars().forEach(digit -> latin.append(Character.digit(digit, 10)));
    return latin.toString();
  }
}
