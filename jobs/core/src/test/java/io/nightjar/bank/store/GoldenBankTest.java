package io.nightjar.bank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nightjar.pca.components.PrincipalComponents;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A bank that the first version of the format wrote stays readable, bit for bit. */
class GoldenBankTest {
  private static StoredBank open() throws URISyntaxException {
    Path bank = Path.of(GoldenBankTest.class.getResource("golden-format-1").toURI());
    return StoredBank.open(BankLocation.current(bank.toString()), SampleBanks.CONFIGURATION);
  }

  @Test
  void itsManifestRecordsWhatItDid() throws URISyntaxException {
    BankManifest manifest = open().manifest();

    assertThat(manifest.version()).isEqualTo(1);
    assertThat(manifest.parent()).isEqualTo(OptionalInt.empty());
    assertThat(manifest.category()).isEqualTo("bottle");
    assertThat(manifest.backbone())
        .isEqualTo(
            new BankBackbone("ab12", "weights.pth", "resnet18", List.of(1, 2), 64, 2, "fp32"));
    assertThat(manifest.images())
        .extracting(BankManifest.Image::path, BankManifest.Image::sha256, BankManifest.Image::rows)
        .containsExactly(
            tuple("train/good/000.png", "0a", 2), tuple("train/good/001.png", "0b", 1));
    assertThat(manifest.coreset()).contains(new BankManifest.Coreset(0.5, 7, "greedy"));
    assertThat(manifest.sources())
        .containsExactly(BankManifest.Source.of("s3a://factory/mvtec_ad"));
  }

  @Test
  void itsRowsKeepTheirBits() throws URISyntaxException {
    StoredBank bank = open();

    assertThat(bank.memoryBank().blocks())
        .containsExactly(
            new float[] {1.5f, -2, 0.1f, Float.MIN_VALUE, -0.0f, Float.MAX_VALUE},
            new float[] {7, 8, 9});
    WrittenRows file = bank.rowFiles().get(0);
    List<ImageRows> rows =
        RowFiles.read(
            bank.location().uri(), file.file(), file.images(), 3, SampleBanks.CONFIGURATION);
    assertThat(rows.get(0).cells()).containsExactly(0, 3);
    assertThat(rows.get(1).cells()).containsExactly(2);
  }

  @Test
  void itsComponentsKeepTheirBits() throws URISyntaxException {
    PrincipalComponents components = open().reduction().branches().get(0);

    assertThat(components.mean()).containsExactly(0.1, 0.2, 0.3, 0.4);
    assertThat(components.eigenvalues()).containsExactly(4, 2, 1);
    assertThat(components.basis()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0.5);
    assertThat(components.totalVariance()).isEqualTo(7.7);
  }
}
