package io.nightjar.cli.options;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a run reads and where it writes. */
public final class RunArguments {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "URI",
      description =
          "The data set's folder, or a manifest of its images: a local path, hdfs:// or s3a://.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description = "A new folder for the results.")
  private String out;

  @Option(names = "--overwrite", description = "Replace the results that --out already holds.")
  private boolean overwrite;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "A category of the data set; may be given more than once (default: all).")
  private List<String> categories = new ArrayList<>();

  public String data() {
    return data;
  }

  public String out() {
    return out;
  }

  public boolean overwrite() {
    return overwrite;
  }

  public List<String> categories() {
    return categories;
  }
}
