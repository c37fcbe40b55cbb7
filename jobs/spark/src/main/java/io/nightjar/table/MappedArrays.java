package io.nightjar.table;

import io.nightjar.bank.BankSearches;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.covariance.Patches;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Reduces and compares the patches of a partition, in a task. */
final class MappedArrays {
  private MappedArrays() {}

  static Iterator<Tuple2<Row, float[]>> reduced(
      ScorerSettings settings, Iterator<Tuple2<Row, float[]>> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    PatchReduction reduction = OpenedBanks.get(settings).reduction();
    return mapped(
        rows, patches -> reduction.project(patches, Patches.count(patches, reduction.channels())));
  }

  static Iterator<Tuple2<Row, float[]>> compared(
      ScorerSettings settings, Iterator<Tuple2<Row, float[]>> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    OpenedBank bank = OpenedBanks.get(settings);
    BankSearches.Lease held = bank.acquire();
    TaskScope.keepOpen(held::close);
    int dimension = bank.reduction().dimension();
    return mapped(
        rows,
        patches -> {
          int count = Patches.count(patches, dimension);
          try (BankSearches.Lease lease = bank.acquire()) {
            return lease.search().nearest(patches, count, settings.neighbours()).meanDistances();
          }
        });
  }

  private static Iterator<Tuple2<Row, float[]>> mapped(
      Iterator<Tuple2<Row, float[]>> rows, UnaryOperator<float[]> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<Row, float[]> next() {
        Tuple2<Row, float[]> row = rows.next();
        return new Tuple2<>(row._1(), row._2() == null ? null : function.apply(row._2()));
      }
    };
  }
}
