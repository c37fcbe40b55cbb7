package io.nightjar.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.sweep.SweptConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedWorkTest {
  private static SweptConfiguration configuration(String... settings) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return new SweptConfiguration(String.join("-", settings), map);
  }

  @Test
  void embeddingsAreKeptWhereAnotherBankNeedsThem() {
    SweptConfiguration plain = configuration("coreset", "1", "smoothing", "0");
    SweptConfiguration smooth = configuration("coreset", "1", "smoothing", "4");
    SweptConfiguration small = configuration("coreset", "0.1", "smoothing", "0");

    SharedWork maps = SharedWork.of(List.of(plain, smooth));
    SharedWork banks = SharedWork.of(List.of(plain, smooth, small));

    assertThat(maps.keepsEmbeddings(plain)).isFalse();
    assertThat(banks.keepsEmbeddings(plain)).isTrue();
    assertThat(banks.keepsEmbeddings(smooth)).isTrue();
  }

  @Test
  void anotherNetworkSharesNoEmbeddings() {
    SweptConfiguration plain = configuration("image-size", "224", "coreset", "1");
    SweptConfiguration large = configuration("image-size", "448", "coreset", "0.1");

    assertThat(SharedWork.of(List.of(plain, large)).keepsEmbeddings(plain)).isFalse();
  }

  @Test
  void aBankOfAllCategoriesKeepsNone() {
    SweptConfiguration plain = configuration("scope", "category", "coreset", "1");
    SweptConfiguration small = configuration("scope", "category", "coreset", "0.1");
    SweptConfiguration unified = configuration("scope", "unified", "coreset", "1");

    SharedWork shared = SharedWork.of(List.of(plain, small, unified));

    assertThat(shared.keepsEmbeddings(unified)).isFalse();
    assertThat(shared.keepsEmbeddings(small)).isTrue();
    assertThat(SharedWork.of(List.of(plain, unified)).keepsEmbeddings(plain)).isFalse();
  }

  @Test
  void oneSearchFindsTheNeighboursOfAllWithTheSameBank() {
    SweptConfiguration one = configuration("coreset", "1", "neighbours", "1", "smoothing", "0");
    SweptConfiguration five = configuration("coreset", "1", "neighbours", "5", "smoothing", "4");
    SweptConfiguration many = configuration("coreset", "1", "neighbours", "51", "smoothing", "4");
    SweptConfiguration small = configuration("coreset", "0.1", "neighbours", "3", "smoothing", "0");

    SharedWork shared = SharedWork.of(List.of(one, five, many, small));

    assertThat(shared.otherNeighbours(one)).containsExactly(1, 5);
    assertThat(shared.otherNeighbours(small)).containsExactly(3);
    assertThat(SharedWork.of(List.of(configuration())).otherNeighbours(configuration())).isEmpty();
  }
}
