package io.nightjar.pca;

import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
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
   * @param variance the explained variance ratio to keep, above 0, at most 1
   * @return the components
   * @throws InvalidInputException as {@link PrincipalComponents#fit} does, or if there are no
   *     chunks, a key occurs twice, or chunks differ in their channels
   */
  public static PrincipalComponents fit(
      JavaPairRDD<Integer, PartialCovariance> chunks, double variance) {
    PrincipalComponents.requireVariance(variance);
    List<Outcome> outcomes =
        chunks
            .repartitionAndSortWithinPartitions(new HashPartitioner(1), new Ascending())
            .mapPartitions(sorted -> List.of(outcome(sorted, variance)).iterator())
            .collect();
    return outcomes.get(0).orThrow();
  }

  /** Spark would retry a task that fails on its input, and hide the message in its own. */
  private static Outcome outcome(
      Iterator<Tuple2<Integer, PartialCovariance>> sorted, double variance) {
    try {
      return new Outcome(PrincipalComponents.fit(total(sorted), variance), "");
    } catch (InvalidInputException e) {
      return new Outcome(null, e.getMessage());
    }
  }

  private static PartialCovariance total(Iterator<Tuple2<Integer, PartialCovariance>> sorted) {
    if (!sorted.hasNext()) {
      throw new InvalidInputException("There are no patches to find principal components of");
    }
    Tuple2<Integer, PartialCovariance> first = sorted.next();
    // Values read from a shuffle belong to this task alone, so they may be changed.
    PartialCovariance total = first._2();
    int previous = first._1();
    while (sorted.hasNext()) {
      Tuple2<Integer, PartialCovariance> next = sorted.next();
      if (next._1() == previous) {
        throw new InvalidInputException(Text.format("Chunk %d was given twice", previous));
      }
      if (next._2().channels() != total.channels()) {
        throw new InvalidInputException(
            Text.format(
                "The patches of chunk %d have %d channels, those before it %d",
                next._1(), next._2().channels(), total.channels()));
      }
      total.add(next._2());
      previous = next._1();
    }
    return total;
  }

  private record Outcome(PrincipalComponents components, String refusal) implements Serializable {
    private static final long serialVersionUID = 1L;

    PrincipalComponents orThrow() {
      if (components == null) {
        throw new InvalidInputException(refusal);
      }
      return components;
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
