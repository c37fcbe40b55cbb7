package io.nightjar.bank.store;

import io.nightjar.text.Text;
import java.io.IOException;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Whether a file is Parquet as banks are written. */
final class PlainParquet {
  /** Encodings of the values and of their levels. */
  private static final Set<String> PLAIN = Set.of("PLAIN", "RLE", "BIT_PACKED");

  private PlainParquet() {}

  /**
   * Refuses a file that is not as banks are written: of another schema, compressed, with values
   * that are not stored one by one, or with parts outside of it. So nothing in it grows when it is
   * read.
   *
   * @throws IOException if it is no Parquet file, or another one
   */
  static void require(byte[] content, String name) throws IOException {
    try (ParquetFileReader file = ParquetFileReader.open(new MemoryInputFile(content, name))) {
      ParquetMetadata footer = file.getFooter();
      MessageType schema = footer.getFileMetaData().getSchema();
      if (!schema.equals(RowSchema.SCHEMA)) {
        throw new IOException("its columns are not those of a bank");
      }
      for (BlockMetaData block : footer.getBlocks()) {
        for (ColumnChunkMetaData column : block.getColumns()) {
          require(column, content.length);
        }
      }
    }
  }

  private static void require(ColumnChunkMetaData column, long length) throws IOException {
    String path = column.getPath().toDotString();
    if (column.getCodec() != CompressionCodecName.UNCOMPRESSED) {
      throw new IOException(
          Text.format("its column %s is compressed (%s)", path, column.getCodec()));
    }
    long start = column.getStartingPos();
    if (start < 0 || column.getTotalSize() < 0 || column.getTotalSize() > length - start) {
      throw new IOException(Text.format("its column %s lies outside of the file", path));
    }
    if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT
        && !column.getEncodings().stream().map(Encoding::name).allMatch(PLAIN::contains)) {
      throw new IOException(
          Text.format("its column %s is encoded as %s", path, column.getEncodings()));
    }
  }
}
