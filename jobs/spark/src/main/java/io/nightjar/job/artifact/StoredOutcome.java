package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.PackedMask;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.run.StageClock;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.sample.SampleFile;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.SearchQuality;
import io.nightjar.score.AnomalyMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A category's outcome as an artefact: figures and scored images as JSON; and for each image its
 * score, the smallest and the largest value of its map, and the map, as float32.
 */
final class StoredOutcome {
  private static final int FORMAT = 1;
  private static final int BEFORE_MAP = 3;

  private record Document(
      int formatVersion,
      String category,
      int trainImages,
      int testImages,
      List<Left> quarantined,
      int components,
      long bankRows,
      int bankCategories,
      FiguresDocument metrics,
      String resolution,
      List<String> notes,
      List<Search> search,
      Map<String, Object> bank,
      List<Image> images,
      Map<String, String> hashes,
      List<byte[]> sample) {}

  private record Left(String path, String reason) {}

  private record Search(
      String method,
      Map<String, Object> settings,
      int sampleImages,
      long sampleSeed,
      long patches,
      double recallAt1,
      double meanRelativeError,
      FiguresDocument.Value pixelAuprc,
      FiguresDocument.Value exactPixelAuprc,
      long widened,
      long exhaustive) {

    static Search of(SearchQuality search) {
      return new Search(
          search.method(),
          search.settings(),
          search.sampleImages(),
          search.sampleSeed(),
          search.patches(),
          search.recallAt1(),
          search.meanRelativeError(),
          FiguresDocument.Value.of(search.pixelAuprc()),
          FiguresDocument.Value.of(search.exactPixelAuprc()),
          search.widened(),
          search.exhaustive());
    }

    SearchQuality quality() {
      Estimate found = pixelAuprc.estimate();
      Estimate exact = exactPixelAuprc.estimate();
      return new SearchQuality(
          method,
          settings,
          sampleImages,
          sampleSeed,
          patches,
          recallAt1,
          meanRelativeError,
          found,
          exact,
          widened,
          exhaustive);
    }
  }

  /** A scored image; its numbers of float32 are among the values. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  private record Image(
      String path,
      int mapWidth,
      int mapHeight,
      int width,
      int height,
      byte[] truth,
      String maskValues,
      int white,
      double pixelAuprc) {}

  private StoredOutcome() {}

  /** An outcome, whose maps are in memory, as an artefact. */
  static ArtifactFile write(CategoryOutcome outcome) {
    CategoryResult result = outcome.result();
    int length = 0;
    List<Image> images = new ArrayList<>();
    for (ScoredImage image : outcome.images()) {
      images.add(image(image));
      length += BEFORE_MAP + map(image).values().length;
    }
    float[] values = new float[length];
    int at = 0;
    for (ScoredImage image : outcome.images()) {
      values[at] = image.imageScore();
      values[at + 1] = image.low();
      values[at + 2] = image.high();
      float[] map = map(image).values();
      System.arraycopy(map, 0, values, at + BEFORE_MAP, map.length);
      at += BEFORE_MAP + map.length;
    }
    Document document =
        new Document(
            FORMAT,
            result.category(),
            result.trainImages(),
            result.testImages(),
            result.quarantined().stream()
                .map(file -> new Left(file.path(), file.reason()))
                .toList(),
            result.components(),
            result.bankRows(),
            result.bankCategories(),
            FiguresDocument.of(result.metrics()),
            result.resolution(),
            result.notes(),
            result.search().stream().map(Search::of).toList(),
            outcome.bank(),
            images,
            outcome.hashes(),
            outcome.sample().stream().map(SampleFile::write).toList());
    return new ArtifactFile(Json.compact(document), values);
  }

  private static AnomalyMap map(ScoredImage image) {
    return ((MapSource.InMemory) image.map()).map();
  }

  private static Image image(ScoredImage image) {
    AnomalyMap map = map(image);
    return new Image(
        image.ref().relativePath(),
        map.width(),
        map.height(),
        image.truth().width(),
        image.truth().height(),
        image.truth().deflated(),
        image.maskValues().name(),
        image.white().sample(),
        image.pixelAuprc());
  }

  /**
   * The outcome again.
   *
   * @param test the category's test images
   * @param clock of this run, whose seconds the outcome gets
   * @param reuse what this run took
   * @param name of the artefact, for the message
   * @throws DamagedArtifactException if it is not what this program writes
   */
  static CategoryOutcome read(
      ArtifactFile file, List<ImageRef> test, StageClock clock, Reuse reuse, String name)
      throws DamagedArtifactException {
    try {
      Document read = JsonDocument.parse(file.document()).requireVersion(FORMAT).as(Document.class);
      CategoryResult result =
          new CategoryResult(
              read.category,
              read.trainImages,
              read.testImages,
              read.quarantined.stream()
                  .map(left -> new QuarantinedFile(left.path, left.reason))
                  .toList(),
              read.components,
              read.bankRows,
              read.bankCategories,
              read.metrics.metrics(),
              read.resolution,
              clock.total(),
              clock.seconds(),
              read.notes,
              read.search.stream().map(Search::quality).findFirst());
      return new CategoryOutcome(
          result,
          read.bank,
          images(read.images, file.values(), test),
          read.hashes,
          read.sample.isEmpty()
              ? Optional.empty()
              : Optional.of(SampleFile.read(read.sample.get(0))),
          reuse);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IOException e) {
      throw new DamagedArtifactException(name, "holds no figures: " + e.getMessage());
    }
  }

  private static List<ScoredImage> images(List<Image> stored, float[] values, List<ImageRef> test) {
    Map<String, ImageRef> refs =
        test.stream().collect(Collectors.toMap(ImageRef::relativePath, Function.identity()));
    List<ScoredImage> images = new ArrayList<>();
    int at = 0;
    for (Image image : stored) {
      int cells = Math.multiplyExact(image.mapWidth, image.mapHeight);
      ImageRef ref = refs.get(image.path);
      if (ref == null || cells < 0 || cells > values.length - at - BEFORE_MAP) {
        throw new IllegalArgumentException("the image " + image.path + " is not as it should be");
      }
      float[] map = Arrays.copyOfRange(values, at + BEFORE_MAP, at + BEFORE_MAP + cells);
      images.add(
          new ScoredImage(
              ref,
              new MapSource.InMemory(new AnomalyMap(map, image.mapWidth, image.mapHeight)),
              new PackedMask(image.width, image.height, image.truth),
              MaskValues.valueOf(image.maskValues),
              new WhiteLevel(image.white),
              values[at],
              image.pixelAuprc,
              values[at + 1],
              values[at + 2]));
      at += BEFORE_MAP + cells;
    }
    return images;
  }
}
