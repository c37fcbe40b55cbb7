package io.nightjar.cli.outcome;

import io.nightjar.report.openmetrics.MetricFamilies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** What a command has found so far, for those that are to know of it when it ends. */
public final class Findings {
  private final List<Consumer<MetricFamilies>> metrics = new ArrayList<>();
  private Configuration configuration = new Configuration();
  private String sentence = "";
  private Optional<String> verdict = Optional.empty();
  private Optional<String> out = Optional.empty();
  private Optional<String> page = Optional.empty();
  private String subject = "";

  /** Nothing yet. */
  public Findings() {}

  /** Names the file systems and their keys. */
  public Findings configuration(Configuration value) {
    this.configuration = value;
    return this;
  }

  /** What was looked at, such as the data set: its location. */
  public Findings subject(String location) {
    this.subject = location;
    return this;
  }

  /** The outcome in one sentence. */
  public Findings sentence(String text) {
    this.sentence = text;
    return this;
  }

  /** The outcome in one word, where something was compared. */
  public Findings verdict(String word) {
    this.verdict = Optional.of(word);
    return this;
  }

  /**
   * Where the results are.
   *
   * @param folder of the results
   * @param file of it that a person opens
   */
  public Findings out(String folder, String file) {
    this.out = Optional.of(folder);
    this.page = Optional.of(file);
    return this;
  }

  /** Adds metrics when they are written. */
  public Findings metrics(Consumer<MetricFamilies> source) {
    metrics.add(source);
    return this;
  }

  /** Names the file systems and their keys. */
  public Configuration configuration() {
    return configuration;
  }

  String subject() {
    return subject;
  }

  /** The outcome in one sentence. */
  public String sentence() {
    return sentence;
  }

  Optional<String> verdict() {
    return verdict;
  }

  Optional<String> out() {
    return out;
  }

  Optional<String> page() {
    return page;
  }

  List<Consumer<MetricFamilies>> metrics() {
    return List.copyOf(metrics);
  }
}
