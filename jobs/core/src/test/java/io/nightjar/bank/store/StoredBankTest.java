package io.nightjar.bank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.io.parquet.MemoryOutputFile;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was published is read back bit for bit, or refused. */
class StoredBankTest {
  @TempDir private Path folder;

  private StoredBank open() {
    return StoredBank.open(BankLocation.current(folder.toString()), SampleBanks.CONFIGURATION);
  }

  private static List<Integer> bits(float[] values) {
    List<Integer> bits = new ArrayList<>();
    for (float value : values) {
      bits.add(Float.floatToRawIntBits(value));
    }
    return bits;
  }

  @Test
  void rowsKeepTheirBitsAndTheirOrder() {
    SampleBanks.publish(folder, OptionalInt.empty());

    MemoryBank bank = open().memoryBank();

    assertThat(bank.dimension()).isEqualTo(3);
    assertThat(bank.blocks().stream().map(StoredBankTest::bits))
        .containsExactly(
            bits(SampleBanks.image("a.png").values()),
            bits(SampleBanks.image("b.png").values()),
            bits(SampleBanks.image("c.png").values()));
  }

  @Test
  void componentsKeepTheirBits() {
    SampleBanks.publish(folder, OptionalInt.empty());

    PrincipalComponents read = open().reduction().branches().get(0);

    PrincipalComponents written = SampleBanks.components();
    assertThat(read.mean()).containsExactly(written.mean());
    assertThat(read.eigenvalues()).containsExactly(written.eigenvalues());
    assertThat(read.basis()).containsExactly(written.basis());
    assertThat(read.totalVariance()).isEqualTo(6.125);
  }

  @Test
  void branchesAndPositionKeepTheirBits() {
    BankManifest written = SampleBanks.publishRecipe(folder);

    PatchReduction read = open().reduction();

    PatchReduction sample = SampleBanks.recipe();
    assertThat(open().manifest()).isEqualTo(written);
    assertThat(read.position()).isEqualTo(sample.position()).isPresent();
    assertThat(read.branches()).hasSize(2);
    for (int branch = 0; branch < 2; branch++) {
      assertThat(read.branches().get(branch).basis())
          .containsExactly(sample.branches().get(branch).basis());
      assertThat(read.branches().get(branch).mean())
          .containsExactly(sample.branches().get(branch).mean());
      assertThat(read.branches().get(branch).eigenvalues())
          .containsExactly(sample.branches().get(branch).eigenvalues());
      assertThat(read.branches().get(branch).factors()).containsExactly(0.5, 2);
    }
  }

  /** A program of the first format would compare images with such a bank in another way. */
  @Test
  void onlyBanksThatNeedItHaveTheSecondFormat() throws IOException {
    SampleBanks.publishRecipe(folder);
    assertThat(Files.readString(folder.resolve("bank.json")))
        .contains(
            "\"format_version\" : 2",
            "\"image_size\" : 64",
            "\"image_sizes\" : [ 64, 256 ]",
            "\"finer_stages\" : \"mean\"",
            "\"factor\" : 0.25",
            "\"step\" : 0.5",
            "\"max_components\" : 1",
            "\"stage_weights\" : \"0.5,2.0\"");

    Path plain = folder.resolve("plain");
    SampleBanks.publish(plain, OptionalInt.empty());
    assertThat(Files.readString(plain.resolve("bank.json")))
        .contains("\"format_version\" : 1")
        .doesNotContain(
            "image_sizes", "finer_stages", "position", "max_components", "stage_weights");
  }

  @Test
  void aRecipeThatDoesNotAgreeWithItsFileIsRefused() throws IOException {
    SampleBanks.publishRecipe(folder);
    String json = Files.readString(folder.resolve("bank.json"));
    edit("64, 256", "64, 128, 256");

    assertThatThrownBy(() -> open().reduction())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("are not of the same bank")
        .hasMessageContaining("pca/");

    Files.writeString(folder.resolve("bank.json"), json);
    edit("64, 256", "32, 256");
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its image size is 64, and its sizes are [32, 256]");

    Files.writeString(folder.resolve("bank.json"), json);
    edit("\"mean\"", "\"median\"");
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its finer stages are \"median\"");

    Files.writeString(folder.resolve("bank.json"), json);
    edit("\"factor\" : 0.25", "\"factor\" : -1");
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("position");

    Files.writeString(folder.resolve("bank.json"), json);
    edit("\"max_components\" : 1", "\"max_components\" : 0");
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("kept for 0.95 of the variance, and at most 0 of them");

    Files.writeString(folder.resolve("bank.json"), json);
    edit("\"0.5,2.0\"", "\"heavy\"");
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its stages are weighted by \"heavy\"");

    Files.writeString(folder.resolve("bank.json"), json);
    edit("\"0.5,2.0\"", "\"none\"");
    assertThatThrownBy(() -> open().reduction())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("are not of the same bank");
  }

  @Test
  void theManifestIsReadAsWritten() {
    BankManifest written = SampleBanks.publish(folder, OptionalInt.empty());

    assertThat(open().manifest()).isEqualTo(written);
  }

  @Test
  void everyVersionStaysReadable() {
    BankManifest first = SampleBanks.publish(folder, OptionalInt.empty());
    BankManifest second = SampleBanks.publish(folder, OptionalInt.of(1));

    BankLocation location = BankLocation.parse(folder + "@1");

    assertThat(StoredBank.open(location, SampleBanks.CONFIGURATION).manifest()).isEqualTo(first);
    assertThat(open().manifest()).isEqualTo(second);
    assertThat(open().location().number()).isEqualTo(2);
  }

  @Test
  void aVersionThatWasNeverPublishedIsRefused() {
    SampleBanks.publish(folder, OptionalInt.empty());

    assertThatThrownBy(
            () -> StoredBank.open(BankLocation.parse(folder + "@7"), SampleBanks.CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no version 7; the newest is 1");
  }

  @Test
  void aPartialWriteIsNotABank() {
    SampleBanks.write(folder, OptionalInt.empty());

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no bank in " + folder);
  }

  @Test
  void filesOfADeadWriterDoNotDisturbReadersOrTheNextWriter() throws IOException {
    BankManifest first = SampleBanks.publish(folder, OptionalInt.empty());
    BankManifest lost = SampleBanks.write(folder, OptionalInt.of(1));
    Files.write(folder.resolve("versions/2.json"), BankManifestJson.write(lost));
    Files.writeString(folder.resolve(".bank.json.4711"), "{ \"format_ver");

    assertThat(open().manifest()).isEqualTo(first);
    BankManifest second = SampleBanks.publish(folder, OptionalInt.of(1));
    assertThat(open().manifest()).isEqualTo(second);
    assertThat(
            StoredBank.open(BankLocation.parse(folder + "@2"), SampleBanks.CONFIGURATION)
                .manifest())
        .isEqualTo(second);
  }

  @Test
  void onlyTheBankRemainsInTheFolder() throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());

    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      assertThat(files.map(file -> folder.relativize(file).toString().replaceAll("-.*-", "-")))
          .hasSize(5)
          .contains("bank.json", "versions/1.json")
          .noneMatch(name -> name.contains(".crc") || name.contains("lock"));
    }
  }

  @Test
  void anAlteredFileOfRowsIsRefused() throws IOException {
    BankManifest manifest = SampleBanks.publish(folder, OptionalInt.empty());
    Path file = folder.resolve(manifest.files().get(1).name());
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);

    assertThatThrownBy(() -> open().memoryBank())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + " was changed")
        .hasMessageContaining(manifest.files().get(1).sha256());
  }

  @Test
  void alteredComponentsAreRefused() throws IOException {
    BankManifest manifest = SampleBanks.publish(folder, OptionalInt.empty());
    Files.writeString(folder.resolve(manifest.pca().file()), "something else");

    assertThatThrownBy(() -> open().reduction())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("was changed");
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    BankManifest manifest = SampleBanks.publish(folder, OptionalInt.empty());
    Files.delete(folder.resolve(manifest.files().get(0).name()));

    assertThatThrownBy(() -> open().memoryBank())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(manifest.files().get(0).name() + " is missing");
  }

  @Test
  void aListingShowsWhatIsMissingOrShort() throws IOException {
    BankManifest manifest = SampleBanks.publish(folder, OptionalInt.empty());
    open().requireFiles();
    Path file = folder.resolve(manifest.files().get(1).name());
    Files.write(file, new byte[7]);

    assertThatThrownBy(() -> open().requireFiles())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "has 7 bytes, but the manifest says " + manifest.files().get(1).bytes());
    Files.delete(file);
    assertThatThrownBy(() -> open().requireFiles()).hasMessageContaining("is missing");
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    edit("\"format_version\" : 1", "\"format_version\" : 3");

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has format version 3, but this program reads versions up to 2");
  }

  @Test
  void aManifestThatDoesNotAgreeWithItselfIsRefused() throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    edit("\"rows\" : 8", "\"rows\" : 9");

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("differ by 1 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../elsewhere", "/elsewhere", "a/b", "..", "a\\\\b"})
  void aCategoryThatLeadsElsewhereIsRefused(String category) throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    edit("\"bottle\"", '"' + category + '"');

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bank.json cannot be used: its category \"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows/../../other/", "/other/", "other/", "s3a://bucket/rows/"})
  void aFileOutsideTheBankIsRefused(String place) throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    edit("\"rows/", '"' + place);

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("which is none in its folder rows");
  }

  @Test
  void aVersionThatSaysItIsAnotherIsRefused() throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    SampleBanks.publish(folder, OptionalInt.of(1));
    Files.copy(
        folder.resolve("versions/2.json"),
        folder.resolve("versions/1.json"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(
            () ->
                StoredBank.open(new BankLocation(folder.toString(), 1), SampleBanks.CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1.json says that it is version 2");
  }

  @ParameterizedTest
  @CsvSource({
    "2, a.png, 3, its row 0 has 2 values where 3 are expected",
    "4, a.png, 3, its row 0 has 4 values where 3 are expected",
    "3, b.png, 3, it has a row of the image b.png where one of the image a.png is expected",
    "3, a.png, 2, it has more rows",
    "3, a.png, 4, it ends within the image a.png"
  })
  void rowsThatAreNotThoseOfTheManifestAreRefused(
      int dimension, String image, int expected, String fault) throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    float[] values = new float[3 * dimension];
    WrittenRows written =
        RowFiles.write(
            folder.toString(),
            0,
            List.of(ImageRows.whole(image, "00", 3, values)),
            dimension,
            SampleBanks.CONFIGURATION);
    String name = written.file().name();

    assertThatThrownBy(
            () ->
                RowFiles.read(
                    folder.toString(),
                    written.file(),
                    List.of(new BankManifest.Image("a.png", "00", expected, name)),
                    SampleBanks.DIMENSION,
                    SampleBanks.CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not match its manifest")
        .hasMessageContaining(fault);
  }

  /** More values than a page of 1 MiB holds, over several groups of rows. */
  @Test
  void rowsOfManyPagesKeepTheirBits() {
    Random random = new Random(3);
    List<ImageRows> images = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      float[] values = new float[300 * 700];
      for (int at = 0; at < values.length; at++) {
        values[at] = Float.intBitsToFloat(random.nextInt() & 0xBFFFFFFF);
      }
      int[] cells = random.ints(300, 0, 784).toArray();
      images.add(new ImageRows(i + ".png", "0" + i, cells, values));
    }
    WrittenRows written =
        RowFiles.write(folder.toString(), 0, images, 700, SampleBanks.CONFIGURATION);

    List<ImageRows> read =
        RowFiles.read(
            folder.toString(), written.file(), written.images(), 700, SampleBanks.CONFIGURATION);

    assertThat(read).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(read.get(i).cells()).isEqualTo(images.get(i).cells());
      assertThat(read.get(i).values()).isEqualTo(images.get(i).values());
    }
  }

  @Test
  void rowsThatAreNotStoredAsBanksStoreThemAreRefused() throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    MemoryOutputFile other = new MemoryOutputFile();
    try (ParquetWriter<StoredRow> writer =
        new RowWriteSupport.Builder(other)
            .withCompressionCodec(CompressionCodecName.GZIP)
            .build()) {
      StoredRow row = new StoredRow(SampleBanks.DIMENSION);
      row.set("a.png", 0, new float[SampleBanks.DIMENSION], 0);
      writer.write(row);
    }
    byte[] content = other.bytes();
    BankManifest.RowFile file =
        new BankManifest.RowFile("rows/0.parquet", content.length, Sha256.of(content), 1);
    Files.write(folder.resolve("rows/0.parquet"), content);

    assertThatThrownBy(
            () ->
                RowFiles.read(
                    folder.toString(),
                    file,
                    List.of(new BankManifest.Image("a.png", "00", 1, "rows/0.parquet")),
                    SampleBanks.DIMENSION,
                    SampleBanks.CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not a Parquet file of rows")
        .hasMessageContaining("is compressed (GZIP)");
  }

  @Test
  void aManifestWithoutAFieldIsRefused() throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    edit("\"variance\" : ", "\"var\" : ");

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bank.json cannot be used: it lacks the field \"pca.variance\".");
  }

  @Test
  void aTornManifestIsRefused() throws IOException {
    SampleBanks.publish(folder, OptionalInt.empty());
    String json = Files.readString(folder.resolve("bank.json"));
    Files.writeString(folder.resolve("bank.json"), json.substring(0, json.length() / 2));

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bank.json cannot be used");
  }

  @Test
  void differencesOfTheNetworkAreNamedWithBothValues() {
    BankBackbone other =
        new BankBackbone("cd34", "other.pth", "resnet50", List.of(1, 2, 3), 128, 4, "fp16");

    assertThat(SampleBanks.backbone().differences(other))
        .containsExactly(
            "the bank has architecture resnet18, this run resnet50",
            "the bank has weights weights.pth (SHA-256 ab12), this run other.pth (SHA-256 cd34)",
            "the bank has layers [1, 2], this run [1, 2, 3]",
            "the bank has image size 64, this run 128",
            "the bank has grid 2, this run 4",
            "the bank has precision fp32, this run fp16");
    assertThat(SampleBanks.backbone().differences(SampleBanks.backbone())).isEmpty();
    assertThat(SampleBanks.backbone().differences(SampleBanks.recipeBackbone()))
        .containsExactly(
            "the bank has image size 64, this run 64,256",
            "the bank has finer stages interpolated to the grid, this run averaged to the grid");
  }

  private void edit(String from, String to) throws IOException {
    Path file = folder.resolve("bank.json");
    String json = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    Files.writeString(file, json.replaceFirst(from, to));
  }
}
