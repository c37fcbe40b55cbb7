package io.nightjar.bank.selection;

import io.nightjar.bank.coreset.CoresetPlan;
import io.nightjar.bank.coreset.NumberedRows;
import io.nightjar.bank.coreset.PartSelection;
import io.nightjar.bank.coreset.PartSelection.Chosen;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * The tasks of a selection: one for each part, and where there are several parts, one for what they
 * offer.
 *
 * @param dimension values of a row
 * @param chosen counts rows as they are chosen
 */
record CoresetTasks(CoresetPlan plan, int dimension, long seed, LongAccumulator chosen)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Runs them.
   *
   * @param pieces all rows by their part
   * @return numbers of the rows chosen, and a bound on the distance of any row from them
   */
  Tuple2<int[], Double> run(JavaPairRDD<Integer, NumberedRows> pieces) {
    JavaRDD<Chosen> offers =
        pieces
            .partitionBy(new ByPart(plan.parts()))
            .mapPartitionsWithIndex((part, rows) -> fromPart(part, rows), true);
    JavaRDD<Chosen> last =
        plan.parts() == 1
            ? offers
            : offers
                .mapToPair(offer -> new Tuple2<>(0, offer))
                .partitionBy(new ByPart(1))
                .values()
                .mapPartitions(this::fromOffers);
    return last.map(found -> new Tuple2<>(found.rows().numbers(), found.radius())).collect().get(0);
  }

  private Iterator<Chosen> fromPart(int part, Iterator<Tuple2<Integer, NumberedRows>> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    Chosen offer =
        selection()
            .fromPart(part, new Pieces(rows), plan.start(part), plan.rows(part), plan.quota(part));
    return List.of(offer).iterator();
  }

  private Iterator<Chosen> fromOffers(Iterator<Chosen> offers) {
    List<Chosen> all = new ArrayList<>();
    offers.forEachRemaining(all::add);
    return List.of(selection().fromOffers(all, plan.size())).iterator();
  }

  private PartSelection selection() {
    TaskContext task = TaskContext.get();
    IntConsumer progress =
        rows -> {
          chosen.add(rows);
          if (task.isInterrupted()) {
            throw new TaskKilledException("the job was cancelled");
          }
        };
    return new PartSelection(dimension, seed, progress);
  }

  /** The rows of a task, without the part's number. */
  private record Pieces(Iterator<Tuple2<Integer, NumberedRows>> rows)
      implements Iterator<NumberedRows> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public NumberedRows next() {
      return rows.next()._2();
    }
  }

  /** One partition for each part. */
  private static final class ByPart extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int parts;

    ByPart(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object part) {
      return (Integer) part;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByPart by && by.parts == parts;
    }

    @Override
    public int hashCode() {
      return parts;
    }
  }
}
