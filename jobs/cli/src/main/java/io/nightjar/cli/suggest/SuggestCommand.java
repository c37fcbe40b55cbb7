package io.nightjar.cli.suggest;

import io.nightjar.cli.options.BankWeights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.ActionRun;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.SuggestImages;
import io.nightjar.job.result.Suggestions;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Suggests which scored images a person should look at.
 *
 * <p>Input: a stored bank and runs of {@code nightjar score} with it, whose images are where they
 * were. Output: {@code suggest.csv}, a list that {@code update-bank --data} takes, and {@code
 * suggest.json}.
 *
 * <pre>{@code
 * nightjar suggest --bank banks/bottle --runs scores --budget 20 --out review/today
 * nightjar update-bank --bank banks/bottle --data review/today/suggest.csv --weights resnet50.pth
 * }</pre>
 */
@Command(
    name = "suggest",
    description = "Suggests which scored images a person should look at, for the bank.",
    sortOptions = false)
public final class SuggestCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI[@VERSION]",
      description = "The bank that the images were scored with; its current version, or one named.")
  private String bank;

  @Option(
      names = "--runs",
      required = true,
      paramLabel = "URI",
      split = ",",
      description =
          "A run of nightjar score with the bank, or a folder of such; may be given more than once.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--budget",
      required = true,
      paramLabel = "N",
      description = "How many images a person can look at.")
  private int budget;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description = "The folder for suggest.csv and suggest.json.")
  private String out;

  @Option(names = "--overwrite", description = "Replace these files where they are there already.")
  private boolean overwrite;

  @Option(
      names = "--guard",
      paramLabel = "N",
      description =
          "Images are suggested up to so many robust standard deviations above the median of the"
              + " scores of the bank's own images, as update-bank adds them"
              + " (default: ${DEFAULT-VALUE}).")
  private String guard;

  @Mixin private BankWeights weights;

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    return ActionRun.execute(
        "Nightjar suggest",
        spark,
        spec.commandLine(),
        () -> {},
        action(),
        new Findings(),
        this::print);
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    return action().apply(session).describe();
  }

  private Function<SparkSession, SuggestImages> action() {
    weights.requireUsable();
    double deviations = deviations();
    return session -> {
      SuggestImages suggestion =
          new SuggestImages(session)
              .bank(bank)
              .runs(runs)
              .budget(budget)
              .guard(deviations)
              .out(out)
              .overwrite(overwrite);
      weights.ifNamed(suggestion::weights);
      return suggestion;
    };
  }

  private double deviations() {
    try {
      return Double.parseDouble(guard);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          Text.format(
              "The option --guard is \"%s\"; it must be a number above 0: without it, defects would be"
                  + " suggested first.",
              guard),
          e);
    }
  }

  private int print(Suggestions found) {
    PrintWriter console = spec.commandLine().getOut();
    if (!found.images().isEmpty()) {
      console.println();
      console.print(SuggestTable.render(found));
      console.println();
    }
    console.println(found.sentence());
    console.println(SuggestTable.counts(found));
    if (!found.images().isEmpty()) {
      console.println(
          Text.format(
              "List: %s/%s; remove the lines of images that are not normal, then add the others with"
                  + " nightjar update-bank --data.",
              out, Suggestions.LIST));
    }
    console.flush();
    return ExitCodes.OK;
  }
}
