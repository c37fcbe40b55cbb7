package io.nightjar.bank.exact;

/**
 * Offers queries only the groups of rows that can hold one of their nearest rows.
 *
 * <p>Each query first probes the group whose centre is nearest, which usually contains its nearest
 * row or one almost as near. After that the distance to its k-th nearest row is at most D, and a
 * group within the bounding ball of centre m and radius r can be skipped if |q' - m| - r > D, by
 * the triangle inequality. The groups that are left are offered to their queries in one matrix
 * product each, so that pruning does not give up the speed of full blocks.
 *
 * <p>Why no neighbour is lost (q', b', u, E as in {@link ExactSearch}). The product p of q' and m
 * in float32 is off by at most g |q'| |m|, and m is no longer than the longest row but for one
 * rounding, so |q' - m|² is at least Q² + |m|² - 2 p - 2 E. Centring changes the distance of a
 * query and a row by at most 1.01 u R, so a row whose distance is at most D has |q' - b'| at most D
 * + 1.01 u R =: {@link QueryBatch#reach}, and |q' - m| at most reach + r. D² is at most Q² + 2 (T +
 * E), where T is the k-th smallest key seen. Roundings in float64 are a thousand times smaller than
 * the u R² that E holds beyond what is used here.
 */
final class PrunedScan {
  /** Where a larger fraction of the bank would have to be probed, an exhaustive scan costs less. */
  private static final double MAX_PROBED = 0.5;

  private final CentredRows rows;
  private final BoundingBalls boundingBalls;
  private final QueryBatch batch;
  private final float[] products;

  /** Prepares a pass; nothing is offered before {@link #run}. */
  PrunedScan(CentredRows rows, BoundingBalls boundingBalls, QueryBatch batch) {
    this.rows = rows;
    this.boundingBalls = boundingBalls;
    this.batch = batch;
    products = boundingBalls.products(batch.centred(), batch.count());
  }

  /**
   * Offers every query the rows that can be among its k nearest, or gives up before it costs much.
   *
   * @return whether it was done; if not, some rows have been offered
   */
  boolean run(int k) {
    Probes seeds = seeds(k);
    seeds.offer(rows, batch);
    Probes rest = survivors(seeds);
    long all = (long) batch.count() * rows.count();
    if (rest.rows() > MAX_PROBED * all) {
      return false;
    }
    rest.offer(rows, batch);
    return true;
  }

  /** For each query its nearest groups, as many as hold k rows that are not excluded. */
  private Probes seeds(int k) {
    Probes seeds = new Probes(rows.groups());
    int[] sizes = rows.groups().sizesWithout(batch.excluded());
    boolean[] taken = new boolean[boundingBalls.count()];
    for (int query = 0; query < batch.count(); query++) {
      int firstProbe = seeds.count();
      for (int found = 0; found < k; ) {
        int nearest = nearest(query, taken);
        seeds.add(query, nearest);
        found += sizes[nearest];
        taken[nearest] = true;
      }
      for (int probe = firstProbe; probe < seeds.count(); probe++) {
        taken[seeds.group(probe)] = false;
      }
    }
    return seeds;
  }

  private int nearest(int query, boolean[] taken) {
    int best = -1;
    double smallest = Double.POSITIVE_INFINITY;
    int at = query * boundingBalls.count();
    for (int group = 0; group < boundingBalls.count(); group++) {
      double key = boundingBalls.squaredNorm(group) - 2.0 * products[at + group];
      if (key < smallest && !taken[group]) {
        smallest = key;
        best = group;
      }
    }
    return best;
  }

  private Probes survivors(Probes seeds) {
    Probes survivors = new Probes(rows.groups());
    boolean[] seeded = new boolean[boundingBalls.count()];
    int seed = 0;
    for (int query = 0; query < batch.count(); query++) {
      int firstSeed = seed;
      while (seed < seeds.count() && seeds.query(seed) == query) {
        seeded[seeds.group(seed++)] = true;
      }
      double reach = batch.reach(query);
      double offset = batch.squaredNorm(query) - 2 * batch.margin(query);
      int at = query * boundingBalls.count();
      for (int group = 0; group < boundingBalls.count(); group++) {
        double touching = reach + boundingBalls.radius(group);
        double squared = offset + boundingBalls.squaredNorm(group) - 2.0 * products[at + group];
        if (squared <= touching * touching && !seeded[group]) {
          survivors.add(query, group);
        }
      }
      while (firstSeed < seed) {
        seeded[seeds.group(firstSeed++)] = false;
      }
    }
    return survivors;
  }
}
