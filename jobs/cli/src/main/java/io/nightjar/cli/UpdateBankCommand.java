package io.nightjar.cli;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.cli.dataset.LayoutArguments;
import io.nightjar.cli.options.BackboneArguments;
import io.nightjar.cli.options.Choice;
import io.nightjar.cli.options.ClusterArguments;
import io.nightjar.cli.options.EmbedArguments;
import io.nightjar.cli.options.FitArguments;
import io.nightjar.cli.options.GuardArguments;
import io.nightjar.cli.options.NameList;
import io.nightjar.cli.options.OptionalWeights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.progress.ActionRun;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.UpdateBanks;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.Refit;
import io.nightjar.job.options.RunOptions;
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
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Adds normal images to stored banks and removes old ones.
 *
 * <p>Input: banks that build-bank built, and new images as build-bank takes them. Output: a new
 * version of each bank, and a list with visualizations of the images that were held back.
 *
 * <pre>{@code
 * nightjar update-bank --bank banks --data today --weights resnet50-0676ba61.pth --keep-last 2000
 * }</pre>
 */
@Command(
    name = "update-bank",
    description =
        "Adds normal images to stored banks and removes old ones; holds back unlike ones.",
    sortOptions = false)
final class UpdateBankCommand extends ActionCommand<UpdateBanks.Result> {
  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI",
      description = "A bank, or a folder of banks by category.")
  private String bank;

  @Option(
      names = "--data",
      paramLabel = "URI",
      description = "New normal images, as for build-bank; without them images are only removed.")
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
      description = "Images to remove: their names between commas, or a file with one a line.")
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
          "Keep the images added since that day or time, such as 2026-02-21 (UTC); an image was"
              + " added when the first version that has it was built.")
  private Optional<String> newerThan = Optional.empty();

  @Option(
      names = "--refit",
      paramLabel = "auto|never|always",
      description =
          "Fit the principal components again, on all images of the bank, old ones read again; auto"
              + " does where the variance ratio that they explain of the new images is less than"
              + " 0.9 of that of the bank's own (default: ${DEFAULT-VALUE}).")
  private String refit;

  @Option(
      names = "--accept",
      paramLabel = "LIST",
      description =
          "New images to add whatever the guard says: their names between commas, or a file, such"
              + " as review.csv.")
  private Optional<String> accept = Optional.empty();

  @Option(
      names = "--review",
      paramLabel = "URI",
      description =
          "The folder for lists of images held back (default: the folder review of each bank).")
  private Optional<String> review = Optional.empty();

  @Option(
      names = "--reuse",
      paramLabel = "URI",
      description =
          "The folder of a run whose store holds a bank of all the images, which is then copied"
              + " where the components are fitted again, or embeddings of some of the images"
              + " (default: nothing is taken or kept).")
  private Optional<String> reuse = Optional.empty();

  @Option(
      names = "--keep-embeddings",
      description =
          "Keep the patch embeddings of the images that are read in the store of --reuse (3.2 MB an"
              + " image with ResNet-50 and the default layers), and their covariances.")
  private boolean keepEmbeddings;

  @Mixin private GuardArguments guard;
  @Mixin private LayoutArguments arrangement;
  @Mixin private OptionalWeights weights;
  @Mixin private BackboneArguments backbone;
  @Mixin private EmbedArguments embed;
  @Mixin private FitArguments fit;
  @Mixin private ClusterArguments cluster;
  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, UpdateBanks> action() {
    Refit rule = Choice.of("refit", refit, Refit.values());
    given()
        .refuseWhere(
            reuse.isEmpty(),
            "keeps them in the store of --reuse, which is not given; leave it out",
            "--keep-embeddings");
    refuseWhatNeedsImages(rule);
    OptionalDouble deviations = guard.deviations();
    Optional<Instant> since = newerThan.map(UpdateBankCommand::time);
    EmbedOptions embedding = embed.toOptions(backbone);
    FitOptions passes = fit.toOptions();
    passes.requireRoomFor(embedding);
    RunOptions use = cluster.toOptions();
    EmbeddingSpec spec = backbone.toSpec();
    Optional<BackboneSource> network = weights.of(spec);
    String layout = arrangement.layout();
    return session -> {
      UpdateBanks update =
          new UpdateBanks(session)
              .banks(bank)
              .refit(rule)
              .guard(deviations)
              .remove(names("--remove", remove, session))
              .accept(names("--accept", accept, session))
              .keepEmbeddings(keepEmbeddings)
              .options(passes)
              .options(embedding)
              .options(use)
              .layout(layout)
              .categories(categories);
      network.ifPresent(update::backbone);
      data.ifPresent(update::data);
      keepLast.ifPresent(update::keepLast);
      since.ifPresent(update::newerThan);
      review.ifPresent(update::review);
      reuse.ifPresent(update::reuse);
      return update;
    };
  }

  private void refuseWhatNeedsImages(Refit rule) {
    given()
        .refuseWhere(
            data.isEmpty(),
            "is about new images, but --data names none; leave it out",
            "--accept",
            "--guard",
            "--layout",
            "--review");
    boolean readsImages = data.isPresent() || rule == Refit.ALWAYS;
    given()
        .refuseWhere(
            !readsImages,
            "is about embedding images, but without --data and --refit always none is read; leave"
                + " it out",
            "--device",
            "--batch-images",
            "--aspect",
            "--tiles",
            "--tile-overlap",
            "--smallest-defect",
            "--chunk-images",
            "--train-patches",
            "--pca",
            "--max-quarantined",
            "--reuse");
    if (readsImages && weights.place().isEmpty()) {
      throw new InvalidInputException(
          "The update reads images, which needs the network of the bank; name its --weights.");
    }
  }

  @Override
  String application() {
    return "Nightjar update-bank " + bank;
  }

  @Override
  SparkOptions spark() {
    return spark;
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
                  "The option --newer-than is \"%s\"; it must be a day such as 2026-02-21, or a"
                      + " time such as",
                  text)
              + " 2026-02-21T06:00:00Z.",
          e);
    }
  }

  @Override
  int print(UpdateBanks.Result result) {
    PrintWriter out = out();
    if (!result.updated().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%n%-14s %7s %7s %10s %9s %7s %9s %9s%n",
          "category",
          "added",
          "removed",
          "duplicates",
          "held back",
          "images",
          "explained",
          "bank's");
      result.updated().forEach(updated -> print(updated, out));
    }
    if (result.inputs().found() > 0) {
      out.println("Inputs: " + result.inputs().describe());
    }
    return ActionRun.end(out, result.failed());
  }

  private static void print(UpdatedBank updated, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-14s %7d %7d %10d %9d %7d %9s %8.2f%%   %s@%d%s%n",
        updated.after().category(),
        updated.added().size(),
        updated.removed().size(),
        updated.duplicates().size(),
        updated.heldBack().size(),
        updated.after().images().size(),
        updated.explainedVariance().isPresent()
            ? Text.format("%.2f%%", 100 * updated.explainedVariance().getAsDouble())
            : "",
        100 * updated.before().pca().explainedVariance(),
        updated.folder(),
        updated.after().version(),
        updated.changed() ? updated.refitted() ? ", components fitted again" : "" : ", unchanged");
    if (!updated.reused().isEmpty()) {
      out.println("  " + updated.reused());
    }
    updated
        .duplicates()
        .forEach(
            path -> out.printf(Locale.ROOT, "  duplicate of an image of the bank: %s%n", path));
    updated
        .heldBack()
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
