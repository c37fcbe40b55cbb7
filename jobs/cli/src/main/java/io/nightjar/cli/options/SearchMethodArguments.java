package io.nightjar.cli.options;

import io.nightjar.bank.approximate.ExactMethod;
import io.nightjar.bank.approximate.HnswMethod;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.approximate.LshMethod;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.SearchCheck;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which search finds the nearest bank rows, and how it is checked. */
public final class SearchMethodArguments {
  private static final String AUTO = "auto";
  private static final Map<String, List<String>> METHODS =
      Map.of(
          "--lists", List.of("ivf"),
          "--probes", List.of("ivf"),
          "--search-seed", List.of("ivf", "lsh"),
          "--lsh-tables", List.of("lsh"),
          "--lsh-hashes", List.of("lsh"),
          "--lsh-bucket-length", List.of("lsh"),
          "--hnsw-degree", List.of("hnsw"),
          "--hnsw-construction", List.of("hnsw"),
          "--ef", List.of("hnsw"),
          "--search-check-images", List.of("ivf", "lsh", "hnsw"));

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--search",
      paramLabel = "exact|ivf|lsh|hnsw",
      description =
          "How nearest bank rows are searched: exactly, or about, for very large banks, by inverted"
              + " lists, locality-sensitive hashing or a graph (default: ${DEFAULT-VALUE}).")
  private String search;

  @Option(
      names = "--search-check-images",
      paramLabel = "N",
      description =
          "Test images of a category on which an approximate search is compared with the exact one"
              + " (default: ${DEFAULT-VALUE}).")
  private int searchCheckImages;

  @Option(
      names = "--search-seed",
      paramLabel = "SEED",
      description = "What ivf and lsh draw from (default: ${DEFAULT-VALUE}).")
  private long searchSeed;

  @Option(
      names = "--lists",
      paramLabel = "N|auto",
      description =
          "ivf: inverted lists (default: ${DEFAULT-VALUE}, the square root of the bank's rows).")
  private String lists;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description = "ivf: lists that a patch looks through (default: ${DEFAULT-VALUE}).")
  private int probes;

  @Option(
      names = "--lsh-tables",
      paramLabel = "N",
      description = "lsh: hash tables (default: ${DEFAULT-VALUE}).")
  private int lshTables;

  @Option(
      names = "--lsh-hashes",
      paramLabel = "N",
      description = "lsh: random projections of a table (default: ${DEFAULT-VALUE}).")
  private int lshHashes;

  @Option(
      names = "--lsh-bucket-length",
      paramLabel = "LENGTH|auto",
      description =
          "lsh: width of a bucket along a projection (default: ${DEFAULT-VALUE}, twice the standard"
              + " deviation of the rows along a random direction).")
  private String lshBucketLength;

  @Option(
      names = "--hnsw-degree",
      paramLabel = "N",
      description = "hnsw: edges of a row in the upper layers (default: ${DEFAULT-VALUE}).")
  private int hnswDegree;

  @Option(
      names = "--hnsw-construction",
      paramLabel = "N",
      description = "hnsw: rows in sight while a row finds its edges (default: ${DEFAULT-VALUE}).")
  private int hnswConstruction;

  @Option(
      names = "--ef",
      paramLabel = "N",
      description = "hnsw: rows in sight during a search (default: ${DEFAULT-VALUE}).")
  private int ef;

  /** The search that these options describe. */
  public SearchMethod toMethod() {
    SearchMethod method = method();
    METHODS.forEach(
        (option, methods) ->
            new GivenOptions(command)
                .refuseWhere(
                    !methods.contains(method.name()),
                    Text.format(
                        "is for --search %s, but --search is %s; leave it out",
                        String.join(" or ", methods), method.name()),
                    option));
    return method;
  }

  /** How an approximate search is checked. */
  public SearchCheck toCheck() {
    return new SearchCheck(searchCheckImages);
  }

  private SearchMethod method() {
    return switch (search.toLowerCase(Locale.ROOT)) {
      case "exact" -> new ExactMethod();
      case "ivf" ->
          new IvfMethod(number("lists", lists, Integer::valueOf).intValue(), probes, searchSeed);
      case "lsh" ->
          new LshMethod(
              lshTables,
              lshHashes,
              number("lsh-bucket-length", lshBucketLength, Double::valueOf).doubleValue(),
              searchSeed);
      case "hnsw" -> new HnswMethod(hnswDegree, hnswConstruction, ef);
      default ->
          throw new InvalidInputException(
              Text.format(
                  "The option --search is \"%s\"; it must be exact, ivf, lsh or hnsw.", search));
    };
  }

  /** 0 for auto, which no number may say. */
  private static Number number(String option, String value, Function<String, Number> parse) {
    if (AUTO.equalsIgnoreCase(value)) {
      return 0;
    }
    try {
      Number number = parse.apply(value);
      if (number.doubleValue() != 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          Text.format("The option --%s is \"%s\"; it must be auto or a number.", option, value), e);
    }
    throw new InvalidInputException(
        Text.format("The option --%s is \"%s\"; it must be auto or above 0.", option, value));
  }
}
