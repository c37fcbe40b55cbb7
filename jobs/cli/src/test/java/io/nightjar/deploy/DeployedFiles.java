package io.nightjar.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files below {@code deploy/}, and the command lines of Nightjar in them. */
final class DeployedFiles {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a shell, a scheduler or a template would put in before Nightjar sees it. */
  private static final Pattern FILLED_IN =
      Pattern.compile("`[^`]*`|\\$\\$?\\{?[\\w.]+}?|\\{\\{[^}]*}}");

  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  private DeployedFiles() {}

  static Path file(String name) {
    return Repository.file("deploy/" + name);
  }

  static String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The documents of a file in YAML or JSON. */
  static List<JsonNode> documents(String name) throws IOException {
    ObjectMapper mapper = name.endsWith(".json") ? JSON : YAML;
    try (MappingIterator<JsonNode> documents =
        mapper.readerFor(JsonNode.class).readValues(file(name).toFile())) {
      return documents.readAll();
    }
  }

  /** Every list of words in a document that begins with one of Nightjar's commands. */
  static List<List<String>> lists(JsonNode document) {
    List<List<String>> found = new ArrayList<>();
    if (document.isArray() && !document.isEmpty() && document.get(0).isTextual()) {
      List<String> words =
          StreamSupport.stream(document.spliterator(), false)
              .map(JsonNode::asText)
              .map(DeployedFiles::filledIn)
              .toList();
      if (isCommand(words.get(0))) {
        found.add(words);
      }
    }
    document.forEach(child -> found.addAll(lists(child)));
    return found;
  }

  /** Every command line of a shell in a text: what follows a call of Nightjar, up to its end. */
  static List<List<String>> shellLines(String text) {
    List<List<String>> found = new ArrayList<>();
    String joined = text.replaceAll("\\\\\\n\\s*", " ");
    Matcher calls =
        Pattern.compile(
                "(?:deploy/local/nightjar|nightjar\\.jar|nightjar-\\S*spark\\.jar|\\s--)\\s+"
                    + "((?:evaluate|compare|history|metrics|score|build-bank|status)\\s[^\\n`;|]*(?:`[^`]*`[^\\n`;|]*)*)")
            .matcher(joined.replaceAll("\\n {18}(?=\\S)", " "));
    while (calls.find()) {
      List<String> words = new ArrayList<>();
      Matcher word =
          WORD.matcher(filledIn(calls.group(1).replaceAll("'$", "").replaceAll(" \\d?>\\S+", "")));
      while (word.find()) {
        words.add(word.group().replaceAll("[\"']", ""));
      }
      found.add(words);
    }
    return found;
  }

  /** All files of a folder. */
  static List<String> in(String folder) throws IOException {
    Path root = file("");
    try (Stream<Path> files = Files.walk(file(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static boolean isCommand(String word) {
    return List.of("evaluate", "compare", "history", "metrics", "score", "build-bank")
        .contains(word);
  }

  private static String filledIn(String word) {
    return FILLED_IN.matcher(word).replaceAll("filled-in");
  }
}
