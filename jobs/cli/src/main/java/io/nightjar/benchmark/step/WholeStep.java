package io.nightjar.benchmark.step;

import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.ConcurrentTasks;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.PeakMemory;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.SampleFolder;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.benchmark.harness.Timing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.CategoryResult;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;

/**
 * The evaluation from files to the report, on all cores, as a process finds it that has done
 * nothing before: it is measured ahead of all other steps, and its first run counts. A quick
 * benchmark evaluates the sample alone.
 */
public final class WholeStep implements StepBenchmark {

  @Override
  public StepResult run(BenchmarkContext context) {
    if (!context.options().quick()) {
      return measure(context, context.data(), context.images(), context.categories());
    }
    try {
      Path folder = Files.createTempDirectory(context.out(), "sample");
      try {
        SampleFolder.write(context.sample(), folder);
        int images = context.sample().train().size() + context.sample().test().size();
        return measure(context, folder.toString(), images, List.of(context.sample().category()));
      } finally {
        FileUtils.deleteDirectory(folder.toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sample cannot be written to " + context.out(), e);
    }
  }

  private static StepResult measure(
      BenchmarkContext context, String data, int images, List<String> categories) {
    Candidate<RunResult> ours =
        Candidate.ours(
            Text.format("%d images of %s", images, String.join(", ", categories)),
            ConcurrentTasks.cores(),
            Map.of(Quantity.IMAGES, (double) images),
            () -> evaluate(context, data, categories));
    Measurement measurement =
        StepComparison.runCold(context.options().runs(), context.options().wholeSeconds(), ours);
    RunResult result = ours.result();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("images", images);
    facts.put("categories", categories);
    facts.put("seconds_by_stage", secondsByStage(result, measurement.timing()));
    facts.put("memory", PeakMemory.measure().asMap());
    return new StepResult(
        BenchmarkStep.WHOLE, List.of(measurement), List.of(complete(result, images)), facts);
  }

  private static RunResult evaluate(
      BenchmarkContext context, String data, List<String> categories) {
    RunResult result =
        new EvaluateDataset(context.session())
            .data(data)
            .categories(categories)
            .backbone(context.sample().backbone())
            .out(context.out().resolve("evaluation").toString())
            .overwrite(true)
            .execute();
    requireComplete(result);
    return result;
  }

  /** A category that fails takes less time than one that is evaluated: there is nothing to rate. */
  private static void requireComplete(RunResult result) {
    if (!result.complete()) {
      throw new InvalidInputException(
          "The evaluation cannot be measured, since not every category has a result. "
              + result.report().failed().stream()
                  .map(failed -> Text.format("%s: %s", failed.category(), failed.reason()))
                  .collect(Collectors.joining(" ")));
    }
  }

  /**
   * Of the last run; categories that run at once each have their own. What is not a category's is
   * known where there is only one: finding the files, checking the data, writing the report.
   */
  private static Map<String, Object> secondsByStage(RunResult result, Timing timing) {
    Map<String, Object> seconds = new LinkedHashMap<>();
    List<CategoryResult> categories = result.report().categories();
    for (CategoryResult category : categories) {
      Map<String, Double> stages = new LinkedHashMap<>(category.stageSeconds());
      if (categories.size() == 1) {
        double lastRun = timing.seconds().get(timing.seconds().size() - 1);
        stages.put("around", lastRun - category.seconds());
      }
      seconds.put(category.category(), stages);
    }
    return seconds;
  }

  private static Check complete(RunResult result, int images) {
    int evaluated =
        result.report().categories().stream()
            .mapToInt(c -> c.trainImages() + c.testImages() + c.quarantined().size())
            .sum();
    return new Check(
        "the evaluation",
        evaluated == images,
        Text.format("%d of %d images were handled", evaluated, images));
  }
}
