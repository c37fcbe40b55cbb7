package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.cli.options.BackboneOptions;
import io.nightjar.cli.options.Choice;
import io.nightjar.cli.options.FitArguments;
import io.nightjar.cli.options.GuardArguments;
import io.nightjar.cli.options.LimitArguments;
import io.nightjar.cli.options.NameList;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.WeightArguments;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.UpdateBanks;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Adds normal images to stored banks and lets old ones go.
 *
 * <p>Input: banks that build-bank made, and new images as build-bank takes them. Output: a new
 * version of each bank, and a list with pictures of the images that were held back.
 *
 * <pre>{@code
 * nightjar update-bank --bank banks --data today --weights resnet50-0676ba61.pth --keep-last 2000
 * }</pre>
 */
@Command(
    name = "update-bank",
    description = "Adds normal images to stored banks and lets old ones go; holds back odd ones.",
    sortOptions = false)
final class UpdateBankCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI",
      description = "A bank, or a folder of banks by category.")
  private String bank;

  @Option(
      names = "--data",
      paramLabel = "URI",
      description =
          "New normal images, as for build-bank; without them images only leave the bank.")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "A category; may be given more than once (default: all).")
  private List<String> categories = new ArrayList<>();

  @Option(
      names = "--remove",
      paramLabel = "LIST",
      description = "Images that leave: their names between commas, or a file with one a line.")
  private Optional<String> remove = Optional.empty();

  @Option(
      names = "--keep-last",
      paramLabel = "N",
      description = "Keep so many images, those added last.")
  private Optional<Integer> keepLast = Optional.empty();

  @Option(
      names = "--newer-than",
      paramLabel = "DATE",
      description =
          "Keep the images added since that day or time, such as 2026-02-21 (UTC); an image was added"
              + " when the first version that has it was made.")
  private Optional<String> newerThan = Optional.empty();

  @Option(
      names = "--refit",
      paramLabel = "auto|never|always",
      description =
          "Fit the principal components anew, on all images of the bank, old ones read again; auto"
              + " does where they have less than 0.9 of the share of the new images' variance that"
              + " they have of the bank's own (default: ${DEFAULT-VALUE}).")
  private String refit;

  @Option(
      names = "--accept",
      paramLabel = "LIST",
      description =
          "New images to take whatever the guard says: their names between commas, or a file, such"
              + " as review.csv.")
  private Optional<String> accept = Optional.empty();

  @Option(
      names = "--review",
      paramLabel = "URI",
      description =
          "The folder for lists of images held back (default: the folder review of each bank).")
  private Optional<String> review = Optional.empty();

  @Mixin private GuardArguments guard;
  @Mixin private WeightArguments weights;
  @Mixin private BackboneOptions backbone;
  @Mixin private FitArguments fit;
  @Mixin private LimitArguments limits;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    if (spec.commandLine().getParseResult().hasMatchedOption("--variance")) {
      throw new InvalidInputException(
          "The option --variance says how a bank is built; an update keeps the bank's own.");
    }
    EvaluationOptions options = fit.toOptions().measure(limits.toOptions().build()).build();
    EmbeddingSpec embedding = backbone.toSpec();
    Refit rule = Choice.of("refit", refit, Refit.values());
    OptionalDouble deviations = guard.deviations();
    Optional<Instant> since = newerThan.map(UpdateBankCommand::time);
    return ActionRun.execute(
        "Nightjar update-bank " + bank,
        spark,
        spec.commandLine(),
        session -> {
          UpdateBanks update =
              new UpdateBanks(session)
                  .banks(bank)
                  .categories(categories)
                  .backbone(() -> BackboneModel.build(embedding, weights.load(session)))
                  .refit(rule)
                  .guard(deviations)
                  .remove(names("--remove", remove, session))
                  .accept(names("--accept", accept, session))
                  .options(options);
          data.ifPresent(update::data);
          keepLast.ifPresent(update::keepLast);
          since.ifPresent(update::newerThan);
          review.ifPresent(update::review);
          return update;
        },
        this::print);
  }

  private static List<String> names(String option, Optional<String> list, SparkSession session) {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    return list.map(text -> NameList.read(option, text, configuration)).orElse(List.of());
  }

  private static Instant time(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new InvalidInputException(
          Text.format(
                  "The option --newer-than is \"%s\"; it must be a day such as 2026-02-21, or a time such as",
                  text)
              + " 2026-02-21T06:00:00Z.",
          e);
    }
  }

  private int print(UpdateBanks.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    if (!result.updated().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%n%-14s %7s %7s %7s %7s %7s %9s %9s%n",
          "category",
          "came",
          "left",
          "known",
          "held",
          "images",
          "captured",
          "bank's");
      result.updated().forEach(updated -> print(updated, out));
    }
    return ActionRun.end(out, result.failed());
  }

  private static void print(UpdatedBank updated, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-14s %7d %7d %7d %7d %7d %9s %8.2f%%   %s@%d%s%n",
        updated.after().category(),
        updated.added().size(),
        updated.left().size(),
        updated.known().size(),
        updated.held().size(),
        updated.after().images().size(),
        updated.captured().isPresent()
            ? Text.format("%.2f%%", 100 * updated.captured().getAsDouble())
            : "",
        100 * updated.before().pca().captured(),
        updated.folder(),
        updated.after().version(),
        updated.changed() ? updated.refitted() ? ", components fitted anew" : "" : ", unchanged");
    updated
        .known()
        .forEach(path -> out.printf(Locale.ROOT, "  is in the bank already: %s%n", path));
    updated
        .held()
        .forEach(
            image ->
                out.printf(
                    Locale.ROOT,
                    "  held back %s: score %.3f, limit %.3f%n",
                    image.path(),
                    image.novelty(),
                    updated.limit().orElseThrow()));
    updated
        .review()
        .ifPresent(folder -> out.printf(Locale.ROOT, "  to review: %s/review.csv%n", folder));
    updated
        .quarantined()
        .forEach(
            file -> out.printf(Locale.ROOT, "  left out %s: %s%n", file.path(), file.reason()));
  }
}
