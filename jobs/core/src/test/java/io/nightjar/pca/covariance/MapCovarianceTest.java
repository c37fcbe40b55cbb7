package io.nightjar.pca.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Size;
import io.nightjar.text.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapCovarianceTest {

  /** Twice, 1.75 and 4 times as large; nothing coarse; nothing fine; several coarse stages. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "8: 8x5 4x6",
        "7: 7x3 4x5",
        "8: 8x4 2x3",
        "6: 6x5",
        "6: 3x4",
        "8: 8x3 4x4 2x5",
        "9: 6x3 4x2",
        "5: 5x2 1x3",
        "30: 30x2 29x2",
        "6/8: 6/8x5 3/4x6",
        "4/9: 4/9x3 3/5x4",
        "5/6: 5/3x4 2/3x2"
      })
  void equalsTheCovarianceOfTheInterpolatedRows(String text) {
    PatchLayout layout = SyntheticMaps.layout(text);
    PatchMaps maps = SyntheticMaps.random(layout, 3, 31);

    PartialCovariance partial = partial(maps);

    float[] rows = SyntheticMaps.rows(maps);
    assertThat(partial.channels()).isEqualTo(layout.channels());
    assertThat(partial.count()).isEqualTo(3L * layout.patches());
    assertThat(partial.mean())
        .containsExactly(SyntheticPatches.mean(rows, layout.channels()), within(1e-7));
    assertThat(partial.covariance())
        .containsExactly(SyntheticPatches.covariance(rows, layout.channels()), within(2e-6));
  }

  @Test
  void sumsThatWereWrittenDownKeepTheirBits() {
    PartialCovariance sums =
        partial(SyntheticMaps.random(SyntheticMaps.layout("8: 8x5 4x6"), 3, 5));

    PartialCovariance again =
        PartialCovariance.of(List.of(sums.channels()), sums.count(), sums.toArray());

    assertThat(again.toArray()).isEqualTo(sums.toArray());
    assertThat(again.count()).isEqualTo(sums.count());
    assertThat(again.covariance()).isEqualTo(sums.covariance());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PartialCovariance.of(List.of(12), sums.count(), sums.toArray()))
        .withMessageContaining("are no sums over");
  }

  /** More rows than a block has, and a rest. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 60})
  void cutIntoCallsChangesNoBit(int step) {
    PatchMaps maps = SyntheticMaps.random(SyntheticMaps.layout("8: 8x5 4x6"), 60, 32);
    MapCovariance inSteps = new MapCovariance(maps.layout());
    for (int image = 0; image < maps.images(); image += step) {
      int end = Math.min(maps.images(), image + step);
      inSteps.add(SyntheticMaps.images(maps, image, end));
    }

    PartialCovariance part = inSteps.toPartial();

    assertThat(part.mean()).isEqualTo(partial(maps).mean());
    assertThat(part.covariance()).isEqualTo(partial(maps).covariance());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void valuesThatAreNotFiniteAreRefused(int level) {
    PatchMaps maps = SyntheticMaps.random(SyntheticMaps.layout("4: 4x2 2x2"), 2, 33);
    maps.level(level)[1] = Float.NaN;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> partial(maps))
        .withMessageStartingWith(Text.format("Channel %d of ", 2 * level + 1))
        .withMessageContaining("finite");
  }

  /** Branches are what each is alone, to the bit; there are no products between them. */
  @Test
  void branchesAreGroupsOfChannels() {
    PatchLayout two =
        new PatchLayout(
            Size.square(8),
            List.of(
                new PatchLayout.Level(8, 5),
                new PatchLayout.Level(4, 6),
                new PatchLayout.Level(8, 7)),
            List.of(2, 1));
    PatchMaps maps = SyntheticMaps.random(two, 3, 36);

    PartialCovariance sums = partial(maps);
    PartialCovariance again = PartialCovariance.of(List.of(11, 7), sums.count(), sums.toArray());

    assertThat(sums.channels()).isEqualTo(18);
    assertThat(sums.toArray()).hasSize(18 + 11 * 12 / 2 + 7 * 8 / 2);
    List<PatchMaps> branches = maps.branches();
    for (int branch = 0; branch < 2; branch++) {
      PartialCovariance alone = partial(branches.get(branch));
      assertThat(sums.groups().get(branch).toArray()).isEqualTo(alone.toArray());
      assertThat(sums.groups().get(branch).covariance()).isEqualTo(alone.covariance());
      assertThat(again.groups().get(branch).toArray()).isEqualTo(alone.toArray());
    }
    again.add(sums);
    assertThat(again.count()).isEqualTo(2 * sums.count());
    assertThat(again.mean()).isEqualTo(sums.mean());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> again.add(partial(branches.get(0))))
        .withMessage("Patches of 11 channels cannot be combined with patches of 11 and 7 channels");
  }

  @Test
  void squaresThatAreNoFloatsAreRefused() {
    PatchMaps maps = SyntheticMaps.random(SyntheticMaps.layout("4: 4x2 2x2"), 2, 34);
    maps.level(1)[0] = 1e30f;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> partial(maps))
        .withMessageStartingWith("Channel 2 of ");
  }

  @Test
  void imagesOfAnotherLayoutAreRefused() {
    MapCovariance covariance = new MapCovariance(SyntheticMaps.layout("4: 4x2 2x2"));
    PatchMaps other = SyntheticMaps.random(SyntheticMaps.layout("4: 4x2 2x3"), 1, 35);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> covariance.add(other))
        .withMessageContaining("cannot be added");
  }

  private static PartialCovariance partial(PatchMaps maps) {
    MapCovariance covariance = new MapCovariance(maps.layout());
    covariance.add(maps);
    return covariance.toPartial();
  }
}
