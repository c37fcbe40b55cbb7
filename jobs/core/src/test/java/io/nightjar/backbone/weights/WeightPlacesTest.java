package io.nightjar.backbone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightPlacesTest {
  private static final List<Architecture> ONE = List.of(Architecture.RESNET18);
  private static final List<Architecture> TWO =
      List.of(Architecture.RESNET50_V1, Architecture.RESNET18);

  @Test
  void thePlaceOfOneNetworkMayContainCommas() {
    assertThat(WeightPlaces.of(ONE, "/data/1,2/w.pth", Optional.empty()).locations())
        .containsExactly("/data/1,2/w.pth");
  }

  @Test
  void severalNetworksHaveAPlaceEach() {
    WeightPlaces places = WeightPlaces.of(TWO, "a.pth, b.pth", Optional.of(",00ff"));

    assertThat(places.locations()).containsExactly("a.pth", "b.pth");
    assertThat(places.sha256()).containsExactly(Optional.empty(), Optional.of("00ff"));
    assertThat(places.seeded()).isEmpty();
  }

  @Test
  void moreOrFewerPlacesThanNetworksAreRefused() {
    assertThatThrownBy(() -> WeightPlaces.of(TWO, "a.pth", Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The option --weights names 1 value, but --backbone resnet50_v1,resnet18 names 2"
                + " networks: name one for each, in the same order, between commas.");
    assertThatThrownBy(() -> WeightPlaces.of(TWO, "a.pth,b.pth", Optional.of("00,ff,11")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --weights-sha256 names 3 values");
  }

  @Test
  void randomWeightsNextToPretrainedOnesAreRefused() {
    assertThatThrownBy(() -> WeightPlaces.of(TWO, "random:3,b.pth", Optional.empty()).seeded())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--weights is \"random:3,b.pth\"")
        .hasMessageContaining("have no meaning together");
  }
}
