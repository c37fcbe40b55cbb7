package io.nightjar.job.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.spec.Size;
import io.nightjar.bank.approximate.LshMethod;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.job.options.TrainPatches;
import io.nightjar.pca.components.StageWeights;
import io.nightjar.score.ImageScoreKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationKeysTest {
  private static final Map<String, Object> NETWORK =
      new LinkedHashMap<>(Map.of("architecture", "resnet50", "weights_sha256", "ab"));
  private static final Map<String, String> COMPUTING =
      new LinkedHashMap<>(Map.of("program", "1", "processors", "x"));
  private static final List<ImageRef> TRAIN =
      List.of(image(Split.TRAIN, "good", 0), image(Split.TRAIN, "good", 1));
  private static final List<ImageRef> TEST =
      List.of(image(Split.TEST, "broken", 0), image(Split.TEST, "good", 0));
  private static final MapMeasure MEASURE =
      new MapMeasure(
          0,
          0,
          Size.square(224),
          ImageScoreKind.MAX,
          MaskValues.ABOVE_127,
          WhiteLevel.FULL,
          SaturationAreas.NONE);
  private static final Category NUT = new Category("nut", TRAIN, TEST);

  static Stream<UnaryOperator<EvaluationOptions.Builder>> optionsThatChangeABank() {
    return Stream.of(
        options -> options.variance(0.9),
        options -> options.maxComponents(100),
        options -> options.stageWeights(StageWeights.BALANCED),
        options -> options.stageWeights(StageWeights.parse("1,1,0.5")),
        options -> options.coreset(new CoresetOptions(0.5, CoresetMethod.GREEDY, 0)),
        options -> options.coreset(new CoresetOptions(1, CoresetMethod.GREEDY, 1)),
        options -> options.chunkImages(24),
        options -> options.batchImages(4),
        options -> options.pcaSolver(PcaSolver.MLLIB));
  }

  static Stream<UnaryOperator<EvaluationOptions.Builder>> optionsThatChangeFiguresAlone() {
    return Stream.of(
        options -> options.smoothing(2),
        options -> options.imageScore(ImageScoreKind.TOP3),
        options -> options.resolution(224),
        options -> options.exactMetrics(true),
        options -> options.maskValues(MaskValues.NONZERO),
        options -> options.maxQuarantined(0.5),
        options -> options.broadcastLimit(1 << 20));
  }

  static Stream<UnaryOperator<EvaluationOptions.Builder>> optionsThatChangeNothing() {
    return Stream.of(
        options -> options.partitions(7),
        options -> options.concurrentCategories(3),
        options -> options.trainPatches(TrainPatches.KEEP),
        options -> options.device(DeviceRequest.CPU),
        options -> options.visualizations(4));
  }

  @ParameterizedTest
  @MethodSource("optionsThatChangeABank")
  void aBankDependsOn(UnaryOperator<EvaluationOptions.Builder> change) {
    assertThat(bank(keys(change))).isNotEqualTo(bank(keys()));
    assertThat(figures(keys(change), NUT, hashes())).isNotEqualTo(figures());
  }

  @ParameterizedTest
  @MethodSource("optionsThatChangeFiguresAlone")
  void figuresAloneDependOn(UnaryOperator<EvaluationOptions.Builder> change) {
    assertThat(figures(keys(change), NUT, hashes())).isNotEqualTo(figures());
    assertThat(bank(keys(change))).isEqualTo(bank(keys()));
    assertThat(distances(keys(change))).isEqualTo(distances(keys()));
  }

  @ParameterizedTest
  @MethodSource("optionsThatChangeNothing")
  void nothingDependsOn(UnaryOperator<EvaluationOptions.Builder> change) {
    assertThat(bank(keys(change))).isEqualTo(bank(keys()));
    assertThat(distances(keys(change))).isEqualTo(distances(keys()));
    assertThat(figures(keys(change), NUT, hashes())).isEqualTo(figures());
  }

  @Test
  void distancesDependOnTheSearchAndTheBank() {
    EvaluationKeys keys = keys();

    assertThat(distances(keys(options -> options.neighbours(3)))).isNotEqualTo(distances(keys));
    assertThat(distances(keys(options -> options.search(LshMethod.DEFAULT))))
        .isNotEqualTo(distances(keys));
    assertThat(keys.distances("other", WhiteLevel.FULL)).isNotEqualTo(distances(keys));
    assertThat(keys.distances("bank", new WhiteLevel(1023))).isNotEqualTo(distances(keys));
  }

  @Test
  void countsDependOnTheDistancesAndOnHowMapsAndMasksMeet() {
    EvaluationKeys keys = keys();
    ArtifactKey key = keys.counts("bank", MEASURE);

    assertThat(keys(options -> options.maxQuarantined(0.5)).counts("bank", MEASURE)).isEqualTo(key);
    assertThat(keys(options -> options.neighbours(3)).counts("bank", MEASURE)).isNotEqualTo(key);
    assertThat(keys(options -> options.imageScore(ImageScoreKind.TOP3)).counts("bank", MEASURE))
        .isEqualTo(key);
    assertThat(keys.counts("other", MEASURE)).isNotEqualTo(key);
    assertThat(
            Stream.of(
                new MapMeasure(
                    32,
                    0,
                    Size.square(224),
                    ImageScoreKind.MAX,
                    MaskValues.ABOVE_127,
                    WhiteLevel.FULL,
                    SaturationAreas.NONE),
                new MapMeasure(
                    0,
                    2,
                    Size.square(224),
                    ImageScoreKind.MAX,
                    MaskValues.ABOVE_127,
                    WhiteLevel.FULL,
                    SaturationAreas.NONE),
                MEASURE.withMaskValues(MaskValues.NONZERO),
                MEASURE.withWhiteLevel(new WhiteLevel(1023)),
                MEASURE.withSaturation(new SaturationAreas("a.json", "ab", Map.of()))))
        .allSatisfy(other -> assertThat(keys.counts("bank", other)).isNotEqualTo(key));
  }

  @Test
  void inspectionsDependOnWhatIsLookedFor() {
    EvaluationKeys keys = keys();

    assertThat(
            Stream.of(
                    keys.inspections(false, false),
                    keys.inspections(true, false),
                    keys.inspections(false, true),
                    keys.inspections(true, true))
                .distinct())
        .hasSize(4);
  }

  @Test
  void theNetworkTheProgramAndTheProcessorChangeAll() {
    EvaluationKeys keys = keys();
    for (EvaluationKeys others :
        List.of(
            new EvaluationKeys(with(NETWORK, "weights_sha256", "cd"), options(), COMPUTING),
            new EvaluationKeys(with(NETWORK, "architecture", "resnet18"), options(), COMPUTING),
            new EvaluationKeys(NETWORK, options(), with(COMPUTING, "program", "2")),
            new EvaluationKeys(NETWORK, options(), with(COMPUTING, "processors", "y")))) {
      assertThat(bank(others)).isNotEqualTo(bank(keys));
      assertThat(distances(others)).isNotEqualTo(distances(keys));
      assertThat(figures(others, NUT, hashes())).isNotEqualTo(figures());
    }
  }

  @Test
  void aBankDependsOnItsImagesTheirOrderTheirChunksAndTheWhiteLevel() {
    EvaluationKeys keys = keys();
    ArtifactKey key = keys.bank(List.of("a", "b"), List.of(2), WhiteLevel.FULL);

    assertThat(keys.bank(List.of("a", "b"), List.of(2), WhiteLevel.FULL)).isEqualTo(key);
    assertThat(keys.bank(List.of("b", "a"), List.of(2), WhiteLevel.FULL)).isNotEqualTo(key);
    assertThat(keys.bank(List.of("a"), List.of(1), WhiteLevel.FULL)).isNotEqualTo(key);
    assertThat(keys.bank(List.of("a", "b"), List.of(1, 1), WhiteLevel.FULL)).isNotEqualTo(key);
    assertThat(keys.bank(List.of("a", "b"), List.of(2), new WhiteLevel(1023))).isNotEqualTo(key);
  }

  @Test
  void figuresDependOnEveryFile() {
    for (int changed = 0; changed < 5; changed++) {
      assertThat(figures(keys(), NUT, hashes(changed))).isNotEqualTo(figures());
    }
  }

  @Test
  void figuresDependOnNamesNotesLabelsAndStoredBanks() {
    EvaluationKeys keys = keys();
    Category renamed =
        new Category("nut", TRAIN, List.of(TEST.get(0), TEST.get(1).named("test/good/other.png")));
    Category relabelled =
        new Category("nut", TRAIN, List.of(TEST.get(0), image(Split.TEST, "bent", 0)));

    assertThat(figures(keys, new Category("screw", TRAIN, TEST), hashes())).isNotEqualTo(figures());
    assertThat(
            keys.figures(NUT, TRAIN, Optional.empty(), hashes(), List.of("a note")).orElseThrow())
        .isNotEqualTo(figures());
    assertThat(keys.figures(NUT, List.of(), Optional.of("bank"), hashes(), List.of()).orElseThrow())
        .isNotEqualTo(
            keys.figures(NUT, List.of(), Optional.of("other"), hashes(), List.of()).orElseThrow());
    assertThat(keys.figures(relabelled, TRAIN, Optional.empty(), hashes(), List.of()))
        .isNotEqualTo(Optional.of(figures()));
    assertThat(figures(keys, renamed, hashes())).isNotEqualTo(figures());
  }

  @Test
  void whereTheFilesLieChangesNothing() {
    ImageRef moved =
        new ImageRef("nut", Split.TEST, "good", TEST.get(1).relativePath(), "s3a://x/y.png", "");

    assertThat(figures(keys(), new Category("nut", TRAIN, List.of(TEST.get(0), moved)), hashes()))
        .isEqualTo(figures());
  }

  @Test
  void aFileThatCannotBeReadLeavesFiguresWithoutAKey() {
    List<InputHashes.Hashed> all = hashed(-1);
    all.set(3, new InputHashes.Hashed(all.get(3).path(), "", new ArrayList<>(), ""));

    assertThat(keys().figures(NUT, TRAIN, Optional.empty(), InputHashes.of(all), List.of()))
        .isEmpty();
  }

  private static ArtifactKey bank(EvaluationKeys keys) {
    return keys.bank(List.of("a", "b"), List.of(2), WhiteLevel.FULL);
  }

  private static ArtifactKey distances(EvaluationKeys keys) {
    return keys.distances("bank", WhiteLevel.FULL);
  }

  private static ArtifactKey figures() {
    return figures(keys(), NUT, hashes());
  }

  private static ArtifactKey figures(EvaluationKeys keys, Category category, InputHashes hashes) {
    return keys.figures(category, TRAIN, Optional.empty(), hashes, List.of()).orElseThrow();
  }

  private static InputHashes hashes() {
    return hashes(-1);
  }

  /** The hashes of two normal images, a defective one with its mask, and a good one. */
  private static InputHashes hashes(int changed) {
    return InputHashes.of(hashed(changed));
  }

  private static List<InputHashes.Hashed> hashed(int changed) {
    List<InputHashes.Hashed> all = new ArrayList<>();
    int file = 0;
    for (ImageRef image : Stream.concat(TRAIN.stream(), TEST.stream()).toList()) {
      String own = file++ == changed ? "changed" : image.relativePath();
      ArrayList<String> masks = new ArrayList<>();
      if (image.hasMask()) {
        masks.add(file++ == changed ? "changed" : "mask");
      }
      all.add(new InputHashes.Hashed(image.relativePath(), own, masks, String.join("", masks)));
    }
    // The last image by its other names.
    all.add(
        new InputHashes.Hashed("test/good/other.png", "test/good/0.png", new ArrayList<>(), ""));
    all.add(new InputHashes.Hashed("test/bent/0.png", "test/good/0.png", new ArrayList<>(), ""));
    return all;
  }

  private static ImageRef image(Split split, String defect, int number) {
    String path = split.name().toLowerCase(java.util.Locale.ROOT) + "/" + defect + "/" + number;
    String mask = defect.equals("broken") ? "file:/masks/" + number + ".png" : "";
    return new ImageRef("nut", split, defect, path + ".png", "file:/" + path + ".png", mask);
  }

  private static EvaluationKeys keys() {
    return new EvaluationKeys(NETWORK, options(), COMPUTING);
  }

  private static EvaluationKeys keys(UnaryOperator<EvaluationOptions.Builder> change) {
    return new EvaluationKeys(
        NETWORK, change.apply(EvaluationOptions.builder()).build(), COMPUTING);
  }

  private static EvaluationOptions options() {
    return EvaluationOptions.builder().build();
  }

  private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
    Map<String, V> changed = new LinkedHashMap<>(map);
    changed.put(name, value);
    return changed;
  }
}
