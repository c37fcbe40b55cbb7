package io.nightjar.bank.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ledger.LedgerFields;
import io.nightjar.error.InvalidInputException;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.StageWeights;
import io.nightjar.text.Text;
import io.nightjar.tile.TileNumbers;
import io.nightjar.tile.Tiling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** {@link BankManifest} as {@code bank.json}. */
final class BankManifestJson {
  /** The white level of banks that name none. */
  private static final int FULL_WHITE = 0xffff;

  /** How finer stages were brought to the grid, where they were not interpolated. */
  private static final String AVERAGED = "mean";

  /** The principal components, with the rule by which they were kept. */
  private record PcaFields(
      String file,
      String sha256,
      double variance,
      double captured,
      int fittedOnImages,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
          Integer maxComponents,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
          String stageWeights) {

    static PcaFields of(BankManifest.Pca pca) {
      ComponentRule rule = pca.rule();
      return new PcaFields(
          pca.file(),
          pca.sha256(),
          rule.variance(),
          pca.explainedVariance(),
          pca.fittedOnImages(),
          rule.limit().isPresent() ? rule.most() : null,
          rule.weights().isNone() ? null : rule.weights().id());
    }

    BankManifest.Pca pca() {
      int most = maxComponents == null ? ComponentRule.ALL : maxComponents;
      if (!(variance > 0 && variance <= 1) || most < 1) {
        throw new IllegalArgumentException(
            Text.format(
                "its components were kept for %s of the variance, and at most %d of them",
                variance, most));
      }
      return new BankManifest.Pca(
          file, sha256, new ComponentRule(variance, most, weights()), captured, fittedOnImages);
    }

    private StageWeights weights() {
      try {
        return stageWeights == null ? StageWeights.NONE : StageWeights.parse(stageWeights);
      } catch (InvalidInputException e) {
        throw new IllegalArgumentException(
            Text.format("its stages are weighted by \"%s\"", stageWeights), e);
      }
    }
  }

  /**
   * The document: the manifest with the backbone's fields among its own. The white level is written
   * where it is not that of the depth. Those that may be null say so; without Jackson's module for
   * it, {@link Optional} is not to be had.
   */
  private record Document(
      int formatVersion,
      int version,
      @JsonSetter(nulls = Nulls.SET) Integer parent,
      String category,
      String created,
      String creator,
      String weightsSha256,
      String weightsSource,
      String architecture,
      @JsonSetter(contentNulls = Nulls.FAIL) List<Integer> layers,
      Object imageSize,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonSetter(nulls = Nulls.SET, contentNulls = Nulls.FAIL)
          List<Object> imageSizes,
      Object grid,
      String precision,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) String finerStages,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) TileNumbers tiles,
      int dimension,
      long rows,
      PcaFields pca,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
          BankManifest.Position position,
      @JsonSetter(nulls = Nulls.SET) BankManifest.Coreset coreset,
      @JsonSetter(contentNulls = Nulls.FAIL) List<String> sources,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonSetter(nulls = Nulls.SET, contentNulls = Nulls.FAIL)
          List<String> sourceLayouts,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) LedgerFields inputs,
      String note,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer whiteLevel,
      @JsonSetter(contentNulls = Nulls.FAIL) List<BankManifest.RowFile> files,
      @JsonSetter(contentNulls = Nulls.FAIL) List<BankManifest.Image> images) {

    static Document of(BankManifest manifest) {
      BankBackbone backbone = manifest.backbone();
      return new Document(
          manifest.formatVersion(),
          manifest.version(),
          manifest.parent().isPresent() ? manifest.parent().getAsInt() : null,
          manifest.category(),
          manifest.created(),
          manifest.creator(),
          backbone.weightsSha256(),
          backbone.weightsSource(),
          backbone.architecture(),
          backbone.layers(),
          backbone.imageSizes().get(0).value(),
          backbone.imageSizes().size() == 1
              ? null
              : backbone.imageSizes().stream().map(Size::value).toList(),
          backbone.grid().value(),
          backbone.precision(),
          backbone.averaged() ? AVERAGED : null,
          TileNumbers.of(backbone.tiles()),
          manifest.dimension(),
          manifest.rows(),
          PcaFields.of(manifest.pca()),
          manifest.position().orElse(null),
          manifest.coreset().orElse(null),
          manifest.sources().stream().map(BankManifest.Source::location).toList(),
          layouts(manifest.sources()),
          manifest.inputs().map(LedgerFields::of).orElse(null),
          manifest.note(),
          manifest.whiteLevel().isPresent() ? manifest.whiteLevel().getAsInt() : null,
          manifest.files(),
          manifest.images());
    }

    /** The layout of each source, where one was recorded. */
    private static List<String> layouts(List<BankManifest.Source> sources) {
      List<String> layouts = sources.stream().map(BankManifest.Source::layout).toList();
      return layouts.stream().allMatch(String::isEmpty) ? null : layouts;
    }

    private List<BankManifest.Source> located() {
      if (sourceLayouts == null) {
        return sources.stream().map(BankManifest.Source::of).toList();
      }
      if (sourceLayouts.size() != sources.size()) {
        throw new IllegalArgumentException(
            Text.format(
                "it names %d sources and the layouts of %d", sources.size(), sourceLayouts.size()));
      }
      return IntStream.range(0, sources.size())
          .mapToObj(i -> new BankManifest.Source(sources.get(i), sourceLayouts.get(i)))
          .toList();
    }

    private boolean isAveraged() {
      if (finerStages != null && !finerStages.equals(AVERAGED)) {
        throw new IllegalArgumentException(
            Text.format(
                "its finer stages are \"%s\", which this program does not know", finerStages));
      }
      return finerStages != null;
    }

    private List<Size> sizes() {
      if (imageSizes != null && (imageSizes.isEmpty() || !imageSizes.get(0).equals(imageSize))) {
        throw new IllegalArgumentException(
            Text.format("its image size is %s, and its sizes are %s", imageSize, imageSizes));
      }
      return (imageSizes == null ? List.of(imageSize) : imageSizes)
          .stream().map(size -> size("image_size", size)).toList();
    }

    /** A side as a number, or height and width as text. */
    private static Size size(String field, Object value) {
      if (value instanceof Integer side && side > 0) {
        return Size.square(side);
      }
      if (value instanceof String sides) {
        try {
          return Size.parse(sides);
        } catch (InvalidInputException e) {
          throw new IllegalArgumentException(
              Text.format("its field \"%s\" is no size: %s", field, sides), e);
        }
      }
      throw new IllegalArgumentException(
          Text.format("its field \"%s\" is no size: %s", field, value));
    }

    BankManifest manifest() {
      BankManifest manifest =
          new BankManifest(
              version,
              parent == null ? OptionalInt.empty() : OptionalInt.of(parent),
              category,
              created,
              creator,
              new BankBackbone(
                  weightsSha256,
                  weightsSource,
                  architecture,
                  layers,
                  sizes(),
                  size("grid", grid),
                  precision,
                  isAveraged(),
                  tiles == null ? Tiling.WHOLE : tiles.tiling()),
              dimension,
              images,
              pca.pca(),
              files,
              Optional.ofNullable(coreset),
              located(),
              Optional.ofNullable(inputs).map(LedgerFields::ledger),
              note,
              whiteLevel == FULL_WHITE ? OptionalInt.empty() : OptionalInt.of(whiteLevel),
              Optional.ofNullable(position));
      if (manifest.rows() != rows) {
        throw new IllegalArgumentException(
            Text.format("it says %d rows, but its files have %d", rows, manifest.rows()));
      }
      return manifest;
    }
  }

  private BankManifestJson() {}

  static byte[] write(BankManifest manifest) {
    return Json.indented(Document.of(manifest)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param name of the manifest, for the refusal
   * @throws InvalidInputException if it is no manifest, of a format that this program does not
   *     know, or does not agree with itself
   */
  static BankManifest read(byte[] json, String name) {
    try {
      JsonDocument document = JsonDocument.parse(new String(json, StandardCharsets.UTF_8));
      int format = document.version();
      if (format > BankManifest.FORMAT_VERSION) {
        throw new InvalidInputException(
            Text.format(
                    "The bank's manifest %s has format version %d, but this program reads versions up"
                        + " to %d; use",
                    name, format, BankManifest.FORMAT_VERSION)
                + " the Nightjar that wrote the bank, or a newer one.");
      }
      document.child("pca").withNull("max_components").withNull("stage_weights");
      return document
          .withNull("inputs")
          .withNull("source_layouts")
          .withNull("image_sizes")
          .withNull("finer_stages")
          .withNull("tiles")
          .withNull("position")
          .withDefault("white_level", FULL_WHITE)
          .as(Document.class)
          .manifest();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The bank's manifest %s cannot be used: %s. Restore the file, or name another"
                  + " version.",
              name, e.getMessage()),
          e);
    }
  }
}
