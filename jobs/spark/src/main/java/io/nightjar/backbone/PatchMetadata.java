package io.nightjar.backbone;

import java.util.OptionalInt;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * The metadata of a column of patches, from which the next stage takes the values per patch: the
 * key {@code channels}.
 */
public final class PatchMetadata {
  private static final String CHANNELS = "channels";

  private PatchMetadata() {}

  /**
   * The values per patch, if the column's metadata have them.
   *
   * @param column a column of patches
   * @return the number of values; empty where the metadata lack it
   */
  public static OptionalInt channels(StructField column) {
    return column.metadata().contains(CHANNELS)
        ? OptionalInt.of(Math.toIntExact(column.metadata().getLong(CHANNELS)))
        : OptionalInt.empty();
  }

  /**
   * The metadata with another number of values per patch.
   *
   * @param metadata of a column of patches
   * @param channels values per patch
   * @return the changed metadata
   */
  public static Metadata withChannels(Metadata metadata, int channels) {
    return new MetadataBuilder().withMetadata(metadata).putLong(CHANNELS, channels).build();
  }
}
