package io.nightjar.pca;

import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * Principal components from the covariances of chunks that are distributed over the cluster. The
 * chunks are added in ascending order of their keys, and the eigenproblem is solved, in one task on
 * one executor; the driver receives only the components.
 *
 * <p>The result depends on the keyed chunks alone, to the bit: not on how they are partitioned, nor
 * on the order in which tasks finish. Each chunk crosses the network once ({@code 4 channels²}
 * bytes), so chunks should hold many images.
 */
public final class CovarianceReduction {
  private CovarianceReduction() {}

  /**
   * Runs one Spark job.
   *
   * @param chunks one partial covariance per key
   * @param rule which components are kept
   * @return the components
   * @throws InvalidInputException as {@link PrincipalComponents#fit} does, or if there are no
   *     chunks, a key occurs twice, or chunks differ in their channels
   */
  public static PrincipalComponents fit(
      JavaPairRDD<Integer, PartialCovariance> chunks, ComponentRule rule) {
    return fit(
            chunks.mapValues(ChunkSums.Computed::new),
            chunk -> Optional.empty(),
            total -> PatchReduction.of(PrincipalComponents.fit(total, rule)))
        .reduction()
        .orElseThrow()
        .branches()
        .get(0);
  }

  /**
   * The same for each group of channels.
   *
   * @param chunks one partial covariance per key
   * @param rule which components of each group are kept
   * @param stages the number of channels of each stage of each group
   * @return the components of the groups
   * @throws InvalidInputException as {@link #fit(JavaPairRDD, ComponentRule)} does
   */
  public static PatchReduction reduction(
      JavaPairRDD<Integer, PartialCovariance> chunks,
      ComponentRule rule,
      List<List<Integer>> stages) {
    return fit(chunks.mapValues(ChunkSums.Computed::new), chunk -> Optional.empty(), rule, stages)
        .reduction()
        .orElseThrow();
  }

  /**
   * The same where the sums of some chunks are kept, which are read by the task that adds them.
   *
   * @param chunks one entry per key
   * @param place of those that are kept
   * @param rule which components are kept
   * @param stages the number of channels of each stage of each group
   * @return the components, or the chunks that lack
   * @throws InvalidInputException as {@link #fit(JavaPairRDD, ComponentRule)} does
   */
  public static Fit fit(
      JavaPairRDD<Integer, ChunkSums> chunks,
      ChunkSums.Place place,
      ComponentRule rule,
      List<List<Integer>> stages) {
    return fit(chunks, place, total -> PatchReduction.fit(total, rule, stages));
  }

  /** What is fitted to the sum of all chunks, in a task. */
  @FunctionalInterface
  private interface Fitting extends Serializable {
    PatchReduction of(PartialCovariance total);
  }

  private static Fit fit(
      JavaPairRDD<Integer, ChunkSums> chunks, ChunkSums.Place place, Fitting fitting) {
    List<Outcome> outcomes =
        chunks
            .repartitionAndSortWithinPartitions(new HashPartitioner(1), new Ascending())
            .mapPartitions(sorted -> List.of(outcome(sorted, place, fitting)).iterator())
            .collect();
    return outcomes.get(0).orThrow();
  }

  /**
   * The outcome of a fit.
   *
   * @param reduction the components; empty where kept sums turned out not to be there
   * @param missing the chunks whose sums these are
   */
  public record Fit(Optional<PatchReduction> reduction, Set<Integer> missing) {}

  /** Spark would retry a task that fails on its input, and hide the message in its own. */
  private static Outcome outcome(
      Iterator<Tuple2<Integer, ChunkSums>> sorted, ChunkSums.Place place, Fitting fitting) {
    try {
      Total total = new Total();
      while (sorted.hasNext()) {
        Tuple2<Integer, ChunkSums> next = sorted.next();
        total.add(next._1(), next._2(), place);
      }
      return total.missing.isEmpty()
          ? new Outcome(fitting.of(total.sums()), total.missing, "")
          : new Outcome(null, total.missing, "");
    } catch (InvalidInputException e) {
      return new Outcome(null, new TreeSet<>(), e.getMessage());
    }
  }

  /** The sum over chunks, which come in ascending order. */
  private static final class Total {
    private final TreeSet<Integer> missing = new TreeSet<>();
    private PartialCovariance total;
    private int previous = -1;
    private boolean begun;

    void add(int chunk, ChunkSums sums, ChunkSums.Place place) {
      if (begun && chunk == previous) {
        throw new InvalidInputException(Text.format("Chunk %d was given twice", previous));
      }
      Optional<PartialCovariance> next =
          sums instanceof ChunkSums.Computed computed
              ? Optional.of(computed.sums())
              : place.find(chunk);
      next.ifPresentOrElse(found -> add(chunk, found), () -> missing.add(chunk));
      previous = chunk;
      begun = true;
    }

    private void add(int chunk, PartialCovariance next) {
      if (total == null) {
        // Values read from a shuffle or a file belong to this task alone, so they may be changed.
        total = next;
        return;
      }
      if (next.channels() != total.channels()) {
        throw new InvalidInputException(
            Text.format(
                "The patches of chunk %d have %d channels, those before it %d",
                chunk, next.channels(), total.channels()));
      }
      total.add(next);
    }

    PartialCovariance sums() {
      if (total == null) {
        throw new InvalidInputException("There are no patches to find principal components of");
      }
      return total;
    }
  }

  private record Outcome(PatchReduction reduction, TreeSet<Integer> missing, String refusal)
      implements Serializable {
    private static final long serialVersionUID = 3L;

    Fit orThrow() {
      if (!refusal.isEmpty()) {
        throw new InvalidInputException(refusal);
      }
      return new Fit(Optional.ofNullable(reduction), missing);
    }
  }

  private static final class Ascending implements Comparator<Integer>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Integer left, Integer right) {
      return Integer.compare(left, right);
    }
  }
}
