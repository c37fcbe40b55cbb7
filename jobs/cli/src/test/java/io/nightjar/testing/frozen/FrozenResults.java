package io.nightjar.testing.frozen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;

/** Results kept in a resource of a test, and the kind of processor that they came from. */
public final class FrozenResults {
  private static final String MODE = System.getProperty("nightjar.freeze", "compare");

  /** Little indentation, and the same line ends on every machine. */
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter(" ", "\n"));

  private final Class<?> test;
  private final List<Excepted> excepted;
  private final List<Excepted> exceptedElsewhere;
  private final TestReporter reporter;

  /**
   * @param test whose resources they are
   * @param exceptedElsewhere what is not compared, either, on another kind of processor
   */
  public FrozenResults(
      Class<?> test,
      List<Excepted> excepted,
      List<Excepted> exceptedElsewhere,
      TestReporter reporter) {
    this.test = test;
    this.excepted = List.copyOf(excepted);
    this.exceptedElsewhere = List.copyOf(exceptedElsewhere);
    this.reporter = reporter;
  }

  /**
   * Holds all files of a folder against the frozen ones, or freezes them where the system property
   * {@code nightjar.freeze} is true.
   *
   * @param name the resource's, without folder and ending
   * @param places locations of this machine, and what to call them instead
   * @param tolerance how far numbers may differ on another kind of processor, as a share of them
   */
  public void check(String name, Path folder, Map<String, String> places, double tolerance)
      throws IOException {
    ObjectNode found = FrozenFolder.read(folder, places);
    Comparison.prune(found, excepted);
    ObjectNode kind = FrozenFolder.MAPPER.valueToTree(kind(found));
    if (MODE.equals("true")) {
      write(name, kind, found);
      return;
    }
    JsonNode frozen = load(name);
    boolean sameKind = frozen.get("kind").equals(kind);
    if (MODE.equals("exact")) {
      assertThat((JsonNode) kind).as("The kind of processor").isEqualTo(frozen.get("kind"));
    }
    if (!sameKind) {
      reporter.publishEntry(
          name + ".json",
          Text.format(
              "Frozen on another kind of processor, so numbers need only be close: it was %s and is %s",
              frozen.get("kind"), kind));
    }
    Comparison close =
        Comparison.within(
            tolerance, Stream.concat(excepted.stream(), exceptedElsewhere.stream()).toList());
    JsonNode before = frozen.get("files");
    List<String> differences =
        sameKind
            ? Stream.concat(
                    Comparison.exact(excepted)
                        .differences(pages(before, false), pages(found, false))
                        .stream(),
                    // Pages were frozen again on another kind of processor than their figures.
                    close.differences(pages(before, true), pages(found, true)).stream())
                .toList()
            : close.differences(before, found);
    assertThat(differences)
        .as("Differences from %s, which was frozen before", resource(name))
        .isEmpty();
  }

  /** The pages among the files, or all others. */
  private static JsonNode pages(JsonNode files, boolean wanted) {
    ObjectNode some = FrozenFolder.MAPPER.createObjectNode();
    files
        .properties()
        .forEach(
            file -> {
              if (file.getKey().endsWith(".html") == wanted) {
                some.set(file.getKey(), file.getValue());
              }
            });
    return some;
  }

  /** Of the processor, and what the runs themselves say that they computed with. */
  private static Map<String, String> kind(ObjectNode files) {
    Map<String, String> kind = new TreeMap<>(ProcessorKind.ofThisProcess());
    files
        .properties()
        .forEach(
            file -> {
              for (String engine : List.of("linear_algebra", "network_computed_by")) {
                if (file.getKey().endsWith("run.json") && file.getValue().has(engine)) {
                  kind.put(engine, file.getValue().get(engine).toString());
                }
              }
            });
    return kind;
  }

  private JsonNode load(String name) throws IOException {
    try (InputStream in = test.getResourceAsStream("frozen/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException(
            Text.format("There is no %s; freeze it with -Dnightjar.freeze=true", resource(name)));
      }
      return FrozenFolder.MAPPER.readTree(in);
    }
  }

  private void write(String name, ObjectNode kind, ObjectNode files) {
    ObjectNode frozen = Condensed.NODES.objectNode();
    frozen.set("kind", kind);
    frozen.set("files", files);
    Path file = Path.of(System.getProperty("basedir", ".")).resolve(resource(name));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, FrozenFolder.MAPPER.writer(PRINTER).writeValueAsString(frozen) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("The results cannot be frozen in " + file, e);
    }
    reporter.publishEntry(name + ".json", "Frozen in " + file);
  }

  private String resource(String name) {
    return Text.format(
        "src/test/resources/%s/frozen/%s.json", test.getPackageName().replace('.', '/'), name);
  }
}
