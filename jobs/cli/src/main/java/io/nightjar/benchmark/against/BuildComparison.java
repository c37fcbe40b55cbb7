package io.nightjar.benchmark.against;

import io.nightjar.benchmark.harness.BenchmarkOptions;
import io.nightjar.benchmark.harness.ResultFile;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;

/**
 * Evaluates the same data by two builds in turns: first one run of each that is not counted, then
 * pairs, of which every second one begins with the other build, so that what changes on the machine
 * meets both. Each run has a process and an empty folder of its own, and takes nothing from a
 * store. Leaves {@code against.json}.
 */
public final class BuildComparison {
  /** The file with all runs. */
  public static final String JSON = "against.json";

  private final Build.Pair builds;
  private final List<String> arguments;
  private final int pairs;
  private final Path out;
  private final Consumer<String> progress;

  /**
   * A comparison, of which nothing is run before {@link #execute}.
   *
   * @param arguments options of {@code evaluate}, without {@code --out}
   * @param out a local folder
   * @param progress receives, in a line each, what is run
   * @throws InvalidInputException if {@code pairs} is not 1 to 1000
   */
  public BuildComparison(
      Build.Pair builds, List<String> arguments, int pairs, Path out, Consumer<String> progress) {
    BenchmarkOptions.requireRuns(pairs);
    this.builds = builds;
    this.arguments = List.copyOf(arguments);
    this.pairs = pairs;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Runs all of it.
   *
   * @throws InvalidInputException if a build fails, with the end of what it printed, or if the
   *     folder holds another file named {@code against.json}
   */
  public ComparedBuilds execute() {
    Path file = ResultFile.in(out, JSON, ComparedBuilds.FIELDS);
    try {
      Path work = Files.createTempDirectory(out, "runs-");
      try {
        ComparedBuilds compared = compare(work);
        Files.write(file, compared.toJson().getBytes(StandardCharsets.UTF_8));
        return compared;
      } finally {
        FileUtils.deleteDirectory(work.toFile());
      }
    } catch (IOException e) {
      throw PlaceFault.refused("--out %s cannot be written: %s", out, e);
    }
  }

  private ComparedBuilds compare(Path work) throws IOException {
    List<String> ofOther = evaluation(builds.other(), work);
    List<String> ofOwn = evaluation(builds.own(), work);
    progress.accept("one run of each build that is not counted");
    run(builds.other(), ofOther, work);
    run(builds.own(), ofOwn, work);
    List<BuildRun> others = new ArrayList<>();
    List<BuildRun> owns = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      progress.accept(Text.format("pair %d of %d", pair + 1, pairs));
      if (pair % 2 == 0) {
        others.add(run(builds.other(), ofOther, work));
      }
      owns.add(run(builds.own(), ofOwn, work));
      if (pair % 2 == 1) {
        others.add(run(builds.other(), ofOther, work));
      }
    }
    return new ComparedBuilds(builds, arguments, others, owns);
  }

  /** The command line but for the folder of the results; builds without a store have no option. */
  private List<String> evaluation(Build build, Path work) throws IOException {
    List<String> line = new ArrayList<>(List.of("evaluate"));
    line.addAll(arguments);
    Path help = work.resolve("help.txt");
    new BuildProcess(build, List.of("help", "evaluate"), help).run();
    if (Files.readString(help).contains("--reuse")) {
      line.addAll(List.of("--reuse", "none"));
    }
    return line;
  }

  private static BuildRun run(Build build, List<String> line, Path work) throws IOException {
    Path results = work.resolve("results");
    List<String> complete = new ArrayList<>(line);
    complete.addAll(List.of("--out", results.toString()));
    BuildRun run =
        BuildRun.read(new BuildProcess(build, complete, work.resolve("log.txt")).run(), results);
    FileUtils.deleteDirectory(results.toFile());
    return run;
  }
}
