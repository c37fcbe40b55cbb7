package io.nightjar.backbone;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The column of patches that {@link PatchEmbedder} adds to a table of encoded images.
 *
 * @param name of the column
 * @param spec of the embeddings in it
 */
record EmbeddingColumn(String name, EmbeddingSpec spec) {

  /**
   * The schema with this column.
   *
   * @param input the binary column of encoded images
   * @throws InvalidInputException if there is no such column, it is of another type, or there is a
   *     column of this one's name already
   */
  StructType addTo(StructType schema, String input) {
    if (!Arrays.asList(schema.fieldNames()).contains(input)) {
      throw new InvalidInputException(
          Text.format(
              "There is no column '%s' to embed; the columns are %s.",
              input, String.join(", ", schema.fieldNames())));
    }
    if (!schema.apply(input).dataType().equals(DataTypes.BinaryType)) {
      throw new InvalidInputException(
          Text.format(
              "The column '%s' is of type %s, and only binary columns of encoded images can be"
                  + " embedded.",
              input, schema.apply(input).dataType().simpleString()));
    }
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new InvalidInputException(
          Text.format("There already is a column '%s': set another outputCol.", name));
    }
    return schema.add(
        new StructField(
            name, DataTypes.createArrayType(DataTypes.FloatType, false), true, metadata()));
  }

  /** Number, shape and origin of the patches of each image. */
  Metadata metadata() {
    Metadata shape =
        new MetadataBuilder()
            .putString("architecture", spec.architecture().id())
            .putLong("grid", spec.grid().height())
            .putLong("patches", spec.patches())
            .build();
    return PatchMetadata.withChannels(shape, spec.channels());
  }
}
