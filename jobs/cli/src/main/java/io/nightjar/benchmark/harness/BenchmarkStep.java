package io.nightjar.benchmark.harness;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured, in the order in which data flows. */
public enum BenchmarkStep {
  DECODE("from a file's bytes to the network's input"),
  BACKBONE("from the network's input to patch embeddings"),
  COVARIANCE("the covariance of patch embeddings"),
  EIGEN("the symmetric eigenproblem of the covariance"),
  PCA("principal components from patches, on some of the channels"),
  PROJECTION("patches in the coordinates of their principal components"),
  SEARCH("the nearest row of the bank for every patch of the test images"),
  METRICS("from 28x28 maps to the category's figures at the masks' size"),
  BANK("the bank on its way to the executors"),
  WHOLE("the whole evaluation, from files to figures");

  private final String description;

  BenchmarkStep(String description) {
    this.description = description;
  }

  /** The name in options and files, such as {@code decode}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is measured, in words. */
  public String description() {
    return description;
  }

  /**
   * The steps of these names; all where none is named.
   *
   * @throws InvalidInputException for an unknown name, naming the known ones
   */
  public static Set<BenchmarkStep> parse(List<String> names) {
    if (names.isEmpty()) {
      return EnumSet.allOf(BenchmarkStep.class);
    }
    Set<BenchmarkStep> steps = EnumSet.noneOf(BenchmarkStep.class);
    names.forEach(name -> steps.add(parse(name)));
    return steps;
  }

  private static BenchmarkStep parse(String name) {
    return Arrays.stream(values())
        .filter(step -> step.id().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "There is no step \"%s\" to measure; the steps are %s.",
                        name,
                        Arrays.stream(values())
                            .map(BenchmarkStep::id)
                            .collect(Collectors.joining(", ")))));
  }
}
