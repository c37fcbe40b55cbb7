package io.nightjar.metric.count;

/** A float64 sum that carries what rounding took off (Neumaier 1974). */
public final class CompensatedSum {
  private double sum;
  private double lost;

  public void add(double term) {
    double next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }

  public double value() {
    return sum + lost;
  }
}
