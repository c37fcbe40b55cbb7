package io.nightjar.cli.ensemble;

import io.nightjar.cli.settings.SettingsFile;
import io.nightjar.cli.sweep.ConfigurationLine;
import io.nightjar.cli.sweep.SharedWork;
import io.nightjar.cli.sweep.SweepGrid;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.sweep.SweptConfiguration;
import io.nightjar.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command lines of the members of an ensemble: that of the ensemble, with what the file says of
 * each of them.
 *
 * @param command of the ensemble, with its arguments
 * @param without options that are the ensemble's alone
 */
public record MemberLines(CommandSpec command, Set<String> without) {
  private static final String EMBEDDINGS = "--keep-embeddings";

  /**
   * The command line of one member.
   *
   * @param name of the member
   * @param otherNeighbours whose distances other members ask for
   */
  record MemberLine(String name, ConfigurationLine line, List<Integer> otherNeighbours) {
    /** After the name of the command. */
    List<String> arguments() {
      return line.arguments();
    }

    /** Settings that have their default, whatever a file of settings says. */
    Map<String, String> defaults() {
      return line.atDefault();
    }
  }

  /** What becomes of the command line of a member. */
  @FunctionalInterface
  public interface Plan<T> {
    /**
     * Reads it.
     *
     * @param line of the command, with its arguments
     * @param otherNeighbours whose distances other members ask for
     */
    T of(CommandLine line, List<Integer> otherNeighbours);
  }

  /** Copies the names. */
  public MemberLines {
    without = Set.copyOf(without);
  }

  /**
   * What becomes of each member, by its name, in the order of the file.
   *
   * @param lines the commands, with these settings in place of those of a file of settings
   * @throws InvalidInputException naming the member, if it cannot be evaluated
   */
  public <T> Map<String, T> parsed(
      Path file, Function<Map<String, String>, CommandLine> lines, Plan<T> plan) {
    Map<String, T> members = new LinkedHashMap<>();
    for (MemberLine member : of(file)) {
      members.put(
          member.name(),
          ConfigurationLine.planned(
              member.name(),
              () ->
                  plan.of(member.line().parsed(command.name(), lines), member.otherNeighbours())));
    }
    return members;
  }

  /**
   * The command lines of the members, in the order of the file.
   *
   * @throws InvalidInputException if the file cannot be used, or says what the command line says
   */
  List<MemberLine> of(Path file) {
    SettingsFile settings = SettingsFile.read(EnsembleArguments.ENSEMBLE, file);
    List<SweptConfiguration> configurations = SweepGrid.named(settings);
    Set<String> differing = new LinkedHashSet<>(settings.lists().keySet());
    settings.configurations().values().forEach(own -> differing.addAll(own.keySet()));
    Set<String> named = new LinkedHashSet<>(settings.values().keySet());
    named.addAll(differing);
    requireElsewhere(named, file);
    SharedWork shared = SharedWork.of(configurations);
    return configurations.stream().map(member -> line(member, shared)).toList();
  }

  /** Weights may be those of the members that name none of their own. */
  private void requireElsewhere(Set<String> named, Path file) {
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (named.contains(name.substring(2)) && !name.startsWith("--weights")) {
        throw new InvalidInputException(
            Text.format(
                "The option %s is given on the command line, and %s %s names it as well; leave one"
                    + " out.",
                name, EnsembleArguments.ENSEMBLE, file));
      }
    }
  }

  private MemberLine line(SweptConfiguration member, SharedWork shared) {
    ConfigurationLine line = new ConfigurationLine(member);
    boolean hasWeights = member.settings().containsKey("weights");
    Set<String> given = new LinkedHashSet<>();
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      boolean isOfOtherWeights = hasWeights && name.startsWith("--weights");
      if (!without.contains(name) && !option.inherited() && !isOfOtherWeights && given.add(name)) {
        again(option).forEach(line::add);
      }
    }
    if (shared.keepsEmbeddings(member) && given.add(EMBEDDINGS)) {
      line.add(EMBEDDINGS);
    }
    return new MemberLine(member.name(), line, shared.otherNeighbours(member));
  }

  private static List<String> again(OptionSpec option) {
    return option.arity().max() == 0
        ? List.of(option.longestName())
        : option.originalStringValues().stream()
            .map(value -> option.longestName() + "=" + value)
            .toList();
  }
}
