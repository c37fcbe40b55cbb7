package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.DamagedArtifactException;
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
import io.nightjar.score.ImageScoreKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A category's outcome as an artefact: figures and scored images, see {@link StoredImages}. */
final class StoredOutcome {
  private static final int FORMAT = 2;

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
      List<StoredImages.Image> images,
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

  private StoredOutcome() {}

  /** An outcome, whose maps are in memory, as an artefact. */
  static ArtifactFile write(CategoryOutcome outcome) {
    CategoryResult result = outcome.result();
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
            StoredImages.describe(outcome.images()),
            outcome.hashes(),
            outcome.sample().stream().map(SampleFile::write).toList());
    return new ArtifactFile(Json.compact(document), StoredImages.values(outcome.images()));
  }

  /**
   * The outcome again.
   *
   * @param test the category's test images
   * @param chosen the kind of image score that counts in this run
   * @param clock of this run, whose seconds the outcome gets
   * @param reuse what this run took
   * @param name of the artefact, for the message
   * @throws DamagedArtifactException if it is not what this program writes
   */
  static CategoryOutcome read(
      ArtifactFile file,
      List<ImageRef> test,
      ImageScoreKind chosen,
      StageClock clock,
      Reuse reuse,
      String name)
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
          StoredImages.read(read.images, file.values(), byPath(test), chosen),
          read.hashes,
          read.sample.isEmpty()
              ? Optional.empty()
              : Optional.of(SampleFile.read(read.sample.get(0))),
          reuse);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IOException e) {
      throw new DamagedArtifactException(name, "holds no figures: " + e.getMessage());
    }
  }

  private static Map<String, ImageRef> byPath(List<ImageRef> test) {
    return test.stream().collect(Collectors.toMap(ImageRef::relativePath, Function.identity()));
  }
}
