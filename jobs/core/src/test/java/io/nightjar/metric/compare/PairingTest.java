package io.nightjar.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.metric.sample.SparseCounts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairingTest {
  @Test
  void sameFilesArePairedWhereverTheyLie() {
    Pairing pairing =
        Pairing.of(
            sample(image("a", "01"), image("b", "02"), image("c", "03"), image("d", "04")),
            sample(image("a", "01"), image("moved", "02"), image("c", "ff"), image("e", "05")));

    assertThat(paths(pairing)).containsExactly("a a", "b moved");
    assertThat(pairing.renamed()).isEqualTo(1);
    assertThat(pairing.changed()).containsExactly("c");
    assertThat(pairing.removed()).containsExactly("d");
    assertThat(pairing.added()).containsExactly("e");
    assertThat(pairing.isComplete()).isFalse();
  }

  @Test
  void ofTwoFilesOfOneContentEachFindsItsOwn() {
    CategorySample twins = sample(image("a", "01"), image("b", "01"));

    Pairing pairing = Pairing.of(twins, twins);

    assertThat(paths(pairing)).containsExactly("a a", "b b");
    assertThat(pairing.renamed()).isZero();
    assertThat(pairing.isComplete()).isTrue();
  }

  @Test
  void withoutHashesPathsDecide() {
    Pairing pairing =
        Pairing.of(sample(image("a", "01"), image("b", "02")), sample(image("a", "")));

    assertThat(paths(pairing)).containsExactly("a a");
    assertThat(pairing.byPath()).isEqualTo(1);
    assertThat(pairing.removed()).containsExactly("b");
  }

  @Test
  void anImageIsDrawnWithAllOfItsItemAndStrataKeepTheirSizes() {
    List<SampleImage> images =
        List.of(
            of("a", "01", "x", true),
            of("b", "02", "x", false),
            of("c", "03", "", true),
            of("d", "04", "", false),
            of("e", "05", "", false));

    PairedDraws draws = PairedDraws.draw(images, 200, 7, "can");

    assertThat(draws.defective()).isEqualTo(2);
    assertThat(draws.good()).isEqualTo(2);
    for (int[] weight : draws.weights()) {
      assertThat(weight[0]).isEqualTo(weight[1]);
      assertThat(weight[0] + weight[2]).isEqualTo(2);
      assertThat(weight[3] + weight[4]).isEqualTo(2);
    }
    assertThat(PairedDraws.draw(images, 200, 7, "can").weights()).isDeepEqualTo(draws.weights());
    assertThat(
            Arrays.deepEquals(PairedDraws.draw(images, 200, 7, "jar").weights(), draws.weights()))
        .isFalse();
  }

  private static List<String> paths(Pairing pairing) {
    return pairing.pairs().stream()
        .map(pair -> pair.baseline().path() + " " + pair.candidate().path())
        .toList();
  }

  private static CategorySample sample(SampleImage... images) {
    return new CategorySample("can", "original", new int[1], true, List.of(images));
  }

  private static SampleImage image(String path, String hash) {
    return of(path, hash, "", false);
  }

  private static SampleImage of(String path, String hash, String item, boolean defective) {
    return new SampleImage(
        path,
        defective ? "cut" : "good",
        defective,
        item,
        true,
        1,
        new SampleImage.Hashes(hash, "", ""),
        SparseCounts.NONE,
        List.of(),
        List.of());
  }
}
