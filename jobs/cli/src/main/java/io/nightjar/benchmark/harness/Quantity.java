package io.nightjar.benchmark.harness;

/** What a run handles, and how its rate is written; what a step is about comes first. */
public enum Quantity {
  IMAGES("images", "images/s"),
  PATCHES("patches", "patches/s"),
  QUERIES("queries", "queries/s"),
  ROWS("rows", "rows/s"),
  PIXELS("pixels", "pixels/s"),
  PROBLEMS("problems", "problems/s"),
  MEGABYTES("megabytes", "MB/s"),
  GFLOP("gflop", "GFLOP/s");

  private final String id;
  private final String rate;

  Quantity(String id, String rate) {
    this.id = id;
    this.rate = rate;
  }

  /** The name in files, such as {@code images}. */
  public String id() {
    return id;
  }

  /** How its rate is written, such as {@code images/s}. */
  public String rate() {
    return rate;
  }
}
