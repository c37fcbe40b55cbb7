package io.nightjar.cli;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.cli.options.GuardArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.progress.ActionRun;
import io.nightjar.cli.table.ContaminationTable;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.InspectBanks;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.text.Text;
import io.nightjar.tile.Tiling;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Reports what stored banks consist of.
 *
 * <pre>{@code
 * nightjar inspect-bank --bank banks --verify --contamination
 * }</pre>
 */
@Command(
    name = "inspect-bank",
    description =
        "Reports what stored banks consist of, and which of their images are unlike the others.",
    sortOptions = false)
final class InspectBankCommand extends ActionCommand<InspectBanks.Result> {
  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI[@VERSION]",
      description =
          "A bank, or a folder of banks by category; the current version, or the one named.")
  private String bank;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "A category; may be given more than once (default: all).")
  private List<String> categories = new ArrayList<>();

  @Option(
      names = "--verify",
      description = "Read all files and compare them with the hashes in the manifest.")
  private boolean verify;

  @Option(
      names = "--contamination",
      description =
          "Score each image against the bank without it and list them, the most isolated first.")
  private boolean contamination;

  @Option(names = "--images", description = "List the images.")
  private boolean images;

  @Mixin private GuardArguments guard;
  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, InspectBanks> action() {
    given()
        .refuseWhere(
            !contamination,
            "sets the limit of --contamination, which is not asked for; leave it out, or add that",
            "--guard");
    double deviations =
        guard
            .deviations()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "The option --guard is off; a contamination report needs a number."));
    return session -> {
      InspectBanks inspection =
          new InspectBanks(session).banks(bank).categories(categories).verify(verify);
      return contamination ? inspection.contamination(deviations) : inspection;
    };
  }

  @Override
  String application() {
    return "Nightjar inspect-bank " + bank;
  }

  @Override
  SparkOptions spark() {
    return spark;
  }

  @Override
  int print(InspectBanks.Result result) {
    PrintWriter out = out();
    result.inspected().forEach(inspected -> print(inspected, out));
    return ActionRun.end(out, result.failed());
  }

  private void print(InspectedBank inspected, PrintWriter out) {
    BankManifest bank = inspected.manifest();
    ComponentRule rule = bank.pca().rule();
    out.printf(Locale.ROOT, "%n%s  %s@%d%n", bank.category(), inspected.folder(), bank.version());
    line(out, "created", Text.format("%s by %s", bank.created(), bank.creator()));
    line(
        out,
        "follows",
        bank.parent().isPresent() ? "version " + bank.parent().getAsInt() : "no other version");
    line(
        out,
        "images",
        Text.format(
            "%d in %s", bank.images().size(), Text.counted(bank.files().size(), "file", "files")));
    line(
        out,
        "rows",
        Text.format(
            "%d of %d values, %s", bank.rows(), bank.dimension(), Text.megabytes(bank.bytes())));
    bank.coreset()
        .ifPresent(
            coreset ->
                line(
                    out,
                    "coreset",
                    Text.format("%s, ratio %s", coreset.method(), coreset.ratio())));
    line(
        out,
        "components",
        Text.format(
            "%.2f%% of the variance of %s, %.2f%% asked for%s",
            100 * bank.pca().explainedVariance(),
            Text.counted(bank.pca().fittedOnImages(), "image", "images"),
            100 * rule.variance(),
            rule.limit().isPresent()
                ? Text.format(", at most %d components of each network and image size", rule.most())
                : ""));
    if (!rule.weights().isNone()) {
      line(out, "stages", "weighted " + rule.weights().id());
    }
    line(
        out,
        "network",
        Text.format(
            "%s, layers %s, %s pixels, grid %s, %s",
            bank.backbone().architecture(),
            bank.backbone().layers(),
            bank.backbone().sizes(),
            bank.backbone().grid(),
            bank.backbone().precision()));
    Tiling tiles = bank.backbone().tiles();
    if (!tiles.isWhole()) {
      line(
          out,
          "tiles",
          Text.format(
              "%s, of images of %d x %d",
              tiles.describe(), tiles.rows().length(), tiles.columns().length()));
    }
    line(
        out,
        "weights",
        Text.format(
            "%s, SHA-256 %s", bank.backbone().weightsSource(), bank.backbone().weightsSha256()));
    bank.position().ifPresent(place -> line(out, "position", place.describe()));
    line(out, "sources", String.join(", ", bank.locations()));
    if (!bank.note().isEmpty()) {
      line(out, "note", bank.note());
    }
    line(out, "manifest", "SHA-256 " + inspected.sha256());
    line(out, "files", inspected.verified() ? "all verified" : "not verified; add --verify");
    if (images) {
      bank.images()
          .forEach(image -> out.printf(Locale.ROOT, "%s  %s%n", image.sha256(), image.path()));
    }
    inspected.contamination().ifPresent(found -> print(found, out));
  }

  private static void print(InspectedBank.Contamination found, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "  %d of %d images against the bank without them, limit %.3f%n",
        found.scores().images().size(),
        found.scores().imagesOfVersion(),
        found.limit());
    ContaminationTable.lines(found).forEach(line -> out.println("  " + line));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "  %-11s %s%n", name, value);
  }
}
