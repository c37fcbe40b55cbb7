package io.nightjar.cli;

import io.nightjar.cli.export.ExportCommand;
import io.nightjar.cli.names.RenamedOptions;
import io.nightjar.cli.names.UnknownArguments;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.settings.ConfiguredDefaults;
import io.nightjar.cli.status.LastSentence;
import io.nightjar.cli.status.RunStatuses;
import io.nightjar.cli.status.StatusLocation;
import io.nightjar.cli.status.StatusOwner;
import io.nightjar.cli.suggest.SuggestCommand;
import io.nightjar.cli.watch.WatchCommand;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.StorageException;
import io.nightjar.io.StorageFailure;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.report.status.RunStatus;
import io.nightjar.text.RedactedWriter;
import io.nightjar.text.Text;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The command line's entry point. */
@Command(
    name = "nightjar",
    description = "Distributed evaluation of unsupervised industrial anomaly detection.",
    versionProvider = Nightjar.Version.class,
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    subcommands = {
      EvaluateCommand.class,
      BuildBankCommand.class,
      UpdateBankCommand.class,
      InspectBankCommand.class,
      ScoreCommand.class,
      WatchCommand.class,
      ExportCommand.class,
      DriftCommand.class,
      SuggestCommand.class,
      MetricsCommand.class,
      CompareCommand.class,
      HistoryCommand.class,
      SweepCommand.class,
      ConvertCommand.class,
      CleanCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      DemoCommand.class,
      BenchmarkCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:Every category has its result, and nothing has drifted.",
      " 1:Something unforeseen broke; the log says what.",
      " 2:Something given cannot be used; no work was done.",
      " 3:The run finished, but a category or a configuration failed, or doctor found a problem.",
      " 4:The newest scores have drifted from the reference.",
      " 5:A run did not pass the gate against its baseline.",
      " 6:The command whose status was asked for has not ended.",
      "130:The run was interrupted and left no results."
    })
public final class Nightjar implements StatusOwner {
  private static final String CONFIG = "--config";

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "A file of settings (HOCON), each by its option's name; conf/mvtec-ad.conf lists them all."
              + " A command takes those that it has options for, and where stored banks are"
              + " compared with, those about building banks are theirs.")
  private Path config;

  @Option(
      names = StatusLocation.FILE,
      paramLabel = "URI",
      scope = CommandLine.ScopeType.INHERIT,
      description =
          "Say in this file that the command runs, and how it ended: a file that ends with .json, or"
              + " a folder for status.json; evaluate, score, metrics and watch also do so in --out, once that"
              + " is theirs. The command status reads it.")
  @SuppressWarnings("UnusedVariable") // declared for the help: it is found beforehand
  private String statusFile;

  @Option(
      names = StatusLocation.RUN_ID,
      paramLabel = "ID",
      scope = CommandLine.ScopeType.INHERIT,
      description = "What the run is called in its status (default: a random identifier).")
  @SuppressWarnings("UnusedVariable") // declared for the help: it is found beforehand
  private String runId;

  private String outcome = "";
  private RunStatuses statuses = RunStatuses.none();

  private Nightjar() {}

  /** The file of settings that a command line names. */
  static Optional<Path> settings(CommandSpec command) {
    return command.root().userObject() instanceof Nightjar nightjar
        ? Optional.ofNullable(nightjar.config)
        : Optional.empty();
  }

  /** The folder for the results of a command is its own from now on. */
  static void claimed(CommandSpec command) {
    if (command.root().userObject() instanceof Nightjar nightjar) {
      nightjar.resultsClaimed();
    }
  }

  @Override
  public void resultsClaimed() {
    statuses.claimed();
  }

  /** An earlier process has done all the work of a command. */
  static void repeated(CommandSpec command, RunStatus earlier) {
    if (command.root().userObject() instanceof Nightjar nightjar) {
      nightjar.statuses.repeated(earlier);
    }
  }

  /** Notes the outcome of a command in one sentence. */
  static void outcome(CommandSpec command, String sentence) {
    if (command.root().userObject() instanceof Nightjar nightjar) {
      nightjar.noteOutcome(sentence);
    }
  }

  @Override
  public void noteOutcome(String sentence) {
    outcome = sentence;
  }

  public static void main(String[] args) {
    int code = run(args, console(System.out), console(System.err));
    if (ExitCodes.isSupervised() && code != ExitCodes.ofSupervised(code)) {
      System.err.println(
          Text.format(
              "nightjar: this driver is supervised and would be started again after exit code %d, so"
                  + " it ends with %d.",
              code, ExitCodes.ofSupervised(code)));
      code = ExitCodes.ofSupervised(code);
    }
    // YARN's application master takes every System.exit, even of 0, for a failure.
    if (code == ExitCodes.OK) {
      return;
    }
    if (ExitCodes.isOnYarn()) {
      // YARN shows this sentence, and after a System.exit one that says nothing.
      throw new EndedException(code);
    }
    // Asked only now: a command that needs no Spark, such as help, does not load its classes.
    if (RunningSpark.wasHosted()) {
      // The process is the host's: an exception fails its task and ends no one else's.
      throw new EndedException(code);
    }
    System.exit(code);
  }

  private static PrintWriter console(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  /** Runs one command line and returns its exit code. */
  static int run(String[] args, PrintWriter consoleOut, PrintWriter consoleErr) {
    PrintWriter out = new PrintWriter(new RedactedWriter(consoleOut), true);
    LastSentence last = new LastSentence(new RedactedWriter(consoleErr));
    PrintWriter err = new PrintWriter(last, true);
    String[] arguments = RenamedOptions.current(args);
    CommandLine line;
    try {
      line = commandLine(arguments);
    } catch (InvalidInputException e) {
      return failed(e, err);
    }
    line.setOut(out).setErr(err);
    line.setParameterExceptionHandler((e, given) -> refused(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, err));
    if (arguments.length == 0) {
      line.usage(out);
      return ExitCodes.INVALID_INPUT;
    }
    RunStatuses statuses;
    try {
      statuses = RunStatuses.begin(StatusLocation.of(line, arguments), err);
    } catch (InvalidInputException e) {
      return failed(e, err);
    }
    ((Nightjar) line.getCommand()).statuses = statuses;
    int code = execute(line, err, arguments);
    statuses.end(code, sentence(line, code, last.get()));
    return code;
  }

  /** An error, such as a lack of memory, is reported like any other failure, and in the status. */
  private static int execute(CommandLine line, PrintWriter err, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (Error e) {
      return failed(e, err);
    }
  }

  /** What the command found, or why it ended before; the meaning of its exit code otherwise. */
  private static String sentence(CommandLine line, int code, String last) {
    String outcome = ((Nightjar) line.getCommand()).outcome;
    if (!outcome.isEmpty()) {
      return outcome;
    }
    boolean isSaid =
        code == ExitCodes.FAILED
            || code == ExitCodes.INVALID_INPUT
            || code == ExitCodes.INTERRUPTED;
    return isSaid && !last.isEmpty()
        ? last
        : line.getCommandSpec().usageMessage().exitCodeList().entrySet().stream()
            .filter(meaning -> meaning.getKey().strip().equals(Integer.toString(code)))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
  }

  /**
   * The commands with their options.
   *
   * @param args name the settings file, where there is one
   * @throws InvalidInputException if that cannot be used
   */
  static CommandLine commandLine(String... args) {
    return commandLine(defaults(args));
  }

  /** The commands, their options with these defaults. */
  static CommandLine commandLine(ConfiguredDefaults defaults) {
    CommandLine line = new CommandLine(new Nightjar());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setDefaultValueProvider(defaults);
    line.setExecutionStrategy(parsed -> execute(parsed, defaults));
    return line;
  }

  /** Only a sweep takes settings of several values. */
  private static int execute(CommandLine.ParseResult parsed, ConfiguredDefaults defaults) {
    if (!parsed.hasSubcommand()
        || !(parsed.subcommand().commandSpec().userObject() instanceof SweepCommand)) {
      try {
        defaults.requireOneConfiguration();
      } catch (InvalidInputException e) {
        throw new CommandLine.ExecutionException(
            parsed.commandSpec().commandLine(), e.getMessage(), e);
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** The settings file decides defaults, so it is found before the arguments are parsed. */
  private static ConfiguredDefaults defaults(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(CONFIG + "=")) {
        return ConfiguredDefaults.from(Path.of(args[i].substring(CONFIG.length() + 1)));
      }
      if (args[i].equals(CONFIG) && i + 1 < args.length) {
        return ConfiguredDefaults.from(Path.of(args[i + 1]));
      }
    }
    return ConfiguredDefaults.builtIn();
  }

  private static int refused(CommandLine.ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      err.println("nightjar: " + UnknownArguments.sentence(unmatched));
      return ExitCodes.INVALID_INPUT;
    }
    err.println("nightjar: " + e.getMessage());
    CommandLine command = e.getCommandLine();
    err.println(
        "Try: nightjar help" + (command.getParent() == null ? "" : " " + command.getCommandName()));
    return ExitCodes.INVALID_INPUT;
  }

  private static int failed(Throwable e, PrintWriter err) {
    if (e instanceof InvalidInputException) {
      err.println("nightjar: " + e.getMessage());
      return ExitCodes.INVALID_INPUT;
    }
    if (e instanceof StorageException) {
      err.println("nightjar: " + e.getMessage());
      return ExitCodes.FAILED;
    }
    // The log takes as long to set up as all of help: only what failed pays for it.
    LoggerFactory.getLogger(Nightjar.class).error("The command failed", e);
    Optional<StorageFailure> full =
        StorageFailure.of("", e).filter(failure -> failure.kind() == StorageFailure.Kind.SPACE);
    if (full.isPresent()) {
      err.println(
          "nightjar: a disk is full, and the run has no results: "
              + full.get().reason()
              + ". Free space where it writes (--out, spark.local.dir), and run it again.");
      return ExitCodes.FAILED;
    }
    err.println("nightjar: the run broke: " + e);
    String log = System.getProperty("nightjar.log");
    err.println(log == null ? "The log has the details." : "The details are in " + log + ".");
    return ExitCodes.FAILED;
  }

  /** Informs the caller in a process of its own that a command did not end with exit code 0. */
  static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private EndedException(int exitCode) {
      super(
          Text.format(
              "Nightjar ended with exit code %d. The last lines of its output say why.", exitCode));
    }
  }

  /** The version and what it was built from. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {BuildInfo.creator()};
    }
  }
}
