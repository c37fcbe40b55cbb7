package io.nightjar.job.watch.source;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A source for Structured Streaming: a row for every file of a batch, whatever became of it.
 *
 * <p>Spark's own source of files, {@code binaryFile}, cannot be made to do so. Files that are empty
 * when they are listed give no row, and their later bytes are never read; files that are written
 * again are not read again; a file that vanishes between listing and reading is silently missing,
 * and so is one with an old time, or one next to a folder whose name is like a partition's; and
 * nothing says which files a batch was to hold. Here the {@link
 * io.nightjar.job.watch.ledger.Ledger} has the files of a batch before Spark has its number, and
 * Spark's offset is the number of batches: Spark's own logs decide when a batch is run and that it
 * is run again after a fault, and which files it holds is always the same.
 *
 * <p>Spark makes it by its name; the option {@link #WATCH} names the {@link WatchedFolder}.
 */
public final class FilesSource implements TableProvider {
  /** The option that names the folder, by {@link WatchedFolder#id}. */
  public static final String WATCH = "watch";

  /** The columns. */
  static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("length", DataTypes.LongType, false)
          .add("modified", DataTypes.LongType, false)
          .add("fault", DataTypes.StringType)
          .add("detail", DataTypes.StringType)
          .add("sha256", DataTypes.StringType)
          .add("content", DataTypes.BinaryType);

  /** Creates the source; Spark does so. */
  public FilesSource() {}

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new FilesTable();
  }

  private static final class FilesTable implements SupportsRead {
    @Override
    public String name() {
      return "watched files";
    }

    @Override
    @SuppressWarnings(
        "deprecation") // the only way that Spark 3.5 knows; its default calls it later
    public StructType schema() {
      return SCHEMA;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.MICRO_BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      WatchedFolder folder = WatchedFolder.of(options.get(WATCH));
      return () -> new FilesScan(folder);
    }
  }

  private record FilesScan(WatchedFolder folder) implements Scan {
    @Override
    public StructType readSchema() {
      return SCHEMA;
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpoint) {
      return new FilesStream(folder);
    }
  }
}
