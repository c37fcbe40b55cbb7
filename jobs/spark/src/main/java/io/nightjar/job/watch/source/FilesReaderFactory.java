package io.nightjar.job.watch.source;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the files of a task. */
record FilesReaderFactory(String root, Broadcast<SerializableConfiguration> configuration)
    implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new FilesReader(
        root, ((FilesStream.Files) partition).files(), configuration.value().value());
  }
}
