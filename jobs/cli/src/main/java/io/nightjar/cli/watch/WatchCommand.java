package io.nightjar.cli.watch;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.cli.options.BankWeights;
import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.MapArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.Announcement;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.Interruption;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.cli.status.StatusOwner;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.watch.WatchImages;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Scores the images that arrive in a folder, until it is stopped; with {@code --once}, those that
 * are there.
 *
 * <p>Input: a folder of images on any Hadoop file system, and one bank. Output: the tables {@code
 * scores/}, {@code scores-csv/}, {@code maps/} and {@code left-out/}, a partition for each batch,
 * {@code watch.json}, and {@code checkpoint/}.
 *
 * <pre>{@code
 * nightjar watch --bank banks/bottle --data line-3/in --out line-3/scores --trigger 2s
 * }</pre>
 */
@Command(
    name = "watch",
    description = "Scores the images that arrive in a folder, each once.",
    sortOptions = false)
public final class WatchCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI[@VERSION]",
      description =
          "One bank that build-bank built; its current version at the start of each batch, or the"
              + " one named.")
  private String bank;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "URI",
      description =
          "The folder to watch, with all folders below it. Write files elsewhere on its file system,"
              + " and rename them into it.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description =
          "A folder for the results: a new one, or that of an earlier watch, which goes on.")
  private String out;

  @Option(names = "--once", description = "Score what is there, and end: for a scheduler.")
  private boolean once;

  @Option(
      names = "--trigger",
      paramLabel = "DURATION",
      description =
          "The time between two listings, such as 2s, 500ms or 1m (default: ${DEFAULT-VALUE}).")
  private String trigger;

  @Option(
      names = "--max-files",
      paramLabel = "N",
      description = "The largest number of files in a batch (default: ${DEFAULT-VALUE}).")
  private int mostFiles;

  @Mixin private BankWeights weights;

  @Option(
      names = {"--neighbours", "--neighbors"},
      paramLabel = "K",
      description = "Nearest bank rows whose mean distance is a score (default: ${DEFAULT-VALUE}).")
  private int neighbours;

  @Mixin private MapArguments map;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "RATE",
      description =
          "Give every row a p-value and a verdict: the fraction of normal images that may be called"
              + " anomalous, such as 0.01, at least 1 in the number of the bank's images and one"
              + " more (default: nothing is decided).")
  private Double falseAlarmRate;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where the network runs (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--batch-images",
      paramLabel = "N",
      description = "Images in one pass through the network (default: ${DEFAULT-VALUE}).")
  private int batchImages;

  @Option(
      names = "--max-quarantined",
      paramLabel = "FRACTION",
      description =
          "Fraction of this watch's files that may be left out, since they cannot be used, before it"
              + " ends with exit code 3 (default: ${DEFAULT-VALUE}).")
  private double maxQuarantined;

  @Option(
      names = "--drift-window",
      paramLabel = "N",
      description =
          "The last images whose scores are compared with those of the bank's own"
              + " (default: ${DEFAULT-VALUE}).")
  private int driftWindow;

  @Mixin private AlarmArguments alarms;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    return Announcement.of(alarms, new GivenOptions(spec), this::work);
  }

  private int work(Findings findings) {
    findings.subject(data);
    Function<SparkSession, WatchImages> action = action();
    try (RunningSpark running = spark.start("Nightjar watch " + data)) {
      Configuration configuration = running.session().sessionState().newHadoopConf();
      findings.configuration(configuration);
      WatchConsole console =
          new WatchConsole(
              spec.commandLine().getOut(),
              spec.commandLine().getErr(),
              alarms.live(spec.name(), data),
              configuration,
              this::claimed);
      findings.metrics(console::addTo);
      WatchImages watch = action.apply(running.session()).listener(console);
      // Signals, like the end of the process, are the host's where there is one.
      WatchImages.Result result =
          running.isOfHost()
              ? watch.execute()
              : Interruption.execute(
                  watch::execute,
                  watch::stop,
                  "the watch ends after the running batch ...",
                  spec.commandLine().getErr());
      return end(result, findings);
    }
  }

  private int end(WatchImages.Result result, Findings findings) {
    String sentence =
        Text.format(
            "%s scored, %s left out; %s in %s.",
            Text.counted(result.scored(), "image", "images"),
            Text.counted(result.leftOut(), "file", "files"),
            Text.counted(result.report().batches(), "batch", "batches"),
            result.out());
    findings.out(result.out(), "watch.json").sentence(sentence);
    owner().ifPresent(owner -> owner.noteOutcome(sentence));
    spec.commandLine().getOut().println(sentence);
    spec.commandLine().getOut().flush();
    return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }

  private void claimed() {
    owner().ifPresent(StatusOwner::resultsClaimed);
  }

  private Optional<StatusOwner> owner() {
    return spec.root().userObject() instanceof StatusOwner owner
        ? Optional.of(owner)
        : Optional.empty();
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    Map<String, Object> given = action().apply(session).describe();
    alarms.describe(given, new GivenOptions(spec));
    return given;
  }

  private Function<SparkSession, WatchImages> action() {
    GivenOptions given = new GivenOptions(spec);
    weights.requireUsable();
    given.refuseWhere(
        once,
        "is the time between two listings, and --once lists once; leave one of the two out",
        "--trigger");
    Duration interval = TriggerInterval.parse(trigger);
    MapOptions maps = map.toOptions();
    DeviceRequest where = DeviceRequest.parse(device);
    DecisionRates rates =
        new DecisionRates(
            falseAlarmRate == null ? OptionalDouble.empty() : OptionalDouble.of(falseAlarmRate),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    return session -> {
      WatchImages watch =
          new WatchImages(session)
              .bank(bank)
              .data(data)
              .out(out)
              .once(once)
              .trigger(interval)
              .mostFiles(mostFiles)
              .neighbours(neighbours)
              .options(maps)
              .options(rates)
              .device(where, batchImages)
              .maxQuarantined(maxQuarantined)
              .driftWindow(driftWindow);
      weights.ifNamed(watch::weights);
      return watch;
    };
  }
}
