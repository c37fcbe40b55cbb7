package io.nightjar.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.PackedMask;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.SampleReports;
import io.nightjar.report.page.CategoryParts.Part;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestedPartsTest {

  @Test
  void anImageWithoutAnItemIsAPartOfItsOwn() {
    assertThat(parts(image("good/0.png", "good", "", 2), image("hole/0.png", "hole", "", 3)))
        .containsExactly(
            new Part("test/good/0.png", "test/good/0.png", "", 2),
            new Part("test/hole/0.png", "test/hole/0.png", "hole", 3));
  }

  @Test
  void anItemIsDefectiveWhereAnyOfItsImagesIsAndHasTheirHighestScore() {
    assertThat(
            parts(
                image("good/0.png", "good", "a", 5),
                image("good/1.png", "good", "b", 1),
                image("hole/0.png", "hole", "a", 3),
                image("good/2.png", "good", "b", 2)))
        .containsExactly(
            new Part("a", "test/good/0.png", "hole", 5), new Part("b", "test/good/2.png", "", 2));
  }

  private static List<Part> parts(ScoredImage... images) {
    return TestedParts.of(
            new CategoryOutcome(
                SampleReports.category("bottle", 0.5), Map.of(), List.of(images), Map.of()))
        .parts();
  }

  private static ScoredImage image(String path, String defect, String item, float score) {
    return new ScoredImage(
        new ImageRef("bottle", Split.TEST, defect, "test/" + path, "", List.of(), "", "", item),
        new MapSource.InMemory(new AnomalyMap(new float[1], 1, 1)),
        new PackedMask(1, 1, new byte[0]),
        List.of(),
        MaskValues.NONZERO,
        WhiteLevel.FULL,
        Size.square(64),
        new ImageScores(score, score, score),
        ImageScoreKind.MAX,
        Double.NaN,
        0,
        score);
  }
}
