package io.nightjar.metric.count;

/** A float64 sum with compensation of rounding errors (Neumaier 1974). */
public final class CompensatedSum {
  private double sum;
  private double compensation;

  /** Adds a term. */
  public void add(double term) {
    double next = sum + term;
    compensation += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }

  /** The sum so far. */
  public double value() {
    return sum + compensation;
  }
}
