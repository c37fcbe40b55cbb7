package io.nightjar.dataset.layout.known;

import static io.nightjar.testing.Drawn.black;
import static io.nightjar.testing.Drawn.marked;
import static io.nightjar.testing.Drawn.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.dataset.layout.DataLayout;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.layout.UnlabelledImages;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory.Account;
import io.nightjar.dataset.listing.Inventory.Fate;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Accounting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny set in each layout as it is downloaded: its categories, parts, labels and masks. */
class KnownLayoutsTest {
  @TempDir private Path root;

  @Test
  void btad() throws IOException {
    photo(root, "01/train/ok/0000.bmp", "01/train/ok/0001.bmp", "01/test/ok/0021.bmp");
    photo(root, "01/test/ko/0000.bmp", "01/test/ko/0001.bmp");
    marked(root, "01/ground_truth/ko/0000.png", "01/ground_truth/ko/0001.png");
    photo(root, "02/train/ok/0000.png", "02/test/ko/0000.png");
    marked(root, "02/ground_truth/ko/0000.png");

    Catalogue found = everyPurpose("btad");

    assertThat(found.description()).isEqualTo("BTAD: 2 categories");
    assertThat(lines(found))
        .containsExactly(
            "01 train good train/ok/0000.bmp",
            "01 train good train/ok/0001.bmp",
            "01 test ko test/ko/0000.bmp = 01/ground_truth/ko/0000.png",
            "01 test ko test/ko/0001.bmp = 01/ground_truth/ko/0001.png",
            "01 test good test/ok/0021.bmp",
            "02 train good train/ok/0000.png",
            "02 test ko test/ko/0000.png = 02/ground_truth/ko/0000.png");
  }

  @Test
  void mvtecLocoWithSeveralMasksAnImage() throws IOException {
    photo(root, "pushpins/train/good/000.png", "pushpins/validation/good/000.png");
    photo(
        root,
        "pushpins/test/good/000.png",
        "pushpins/test/logical_anomalies/000.png",
        "pushpins/test/structural_anomalies/000.png");
    marked(
        root,
        "pushpins/ground_truth/logical_anomalies/000/000.png",
        "pushpins/ground_truth/logical_anomalies/000/001.png",
        "pushpins/ground_truth/structural_anomalies/000/000.png",
        "pushpins/ground_truth/structural_anomalies/009/000.png");
    Files.writeString(
        root.resolve("pushpins/defects_config.json"),
        """
        [{"defect_name": "1_additional", "pixel_value": 255, "saturation_threshold": 1.0,
          "relative_saturation": true},
         {"defect_name": "missing", "pixel_value": 254, "saturation_threshold": 1200,
          "relative_saturation": false}]
        """);

    Catalogue found = everyPurpose("mvtec-loco");

    assertThat(found.description()).isEqualTo("MVTec LOCO AD: 1 category");
    assertThat(lines(found))
        .containsExactly(
            "pushpins train good train/good/000.png",
            "pushpins test good test/good/000.png",
            "pushpins test logical_anomalies test/logical_anomalies/000.png"
                + " = pushpins/ground_truth/logical_anomalies/000/000.png"
                + " + pushpins/ground_truth/logical_anomalies/000/001.png",
            "pushpins test structural_anomalies test/structural_anomalies/000.png"
                + " = pushpins/ground_truth/structural_anomalies/000/000.png");
    assertThat(passed(found)).isEqualTo(Map.of(Kind.NOT_NEEDED, 1L, Kind.ORPHANED_MASK, 1L));
    assertThat(found.categories().get(0).saturation().types())
        .isEqualTo(
            Map.of(
                255, new SaturationAreas.Threshold("1_additional", 1, true),
                254, new SaturationAreas.Threshold("missing", 1200, false)));
    for (Purpose purpose : List.of(Purpose.LEARN, Purpose.SCORE, Purpose.DESCRIBE)) {
      Catalogue without = read("mvtec-loco", purpose);
      assertThat(without.categories().get(0).saturation()).isEqualTo(SaturationAreas.NONE);
      assertThat(passed(without)).containsEntry(Kind.COMPANION, 1L);
    }
  }

  @Test
  void mvtec3dReadsItsColourImages() throws IOException {
    for (String part : List.of("train/good", "validation/good", "test/good", "test/hole")) {
      photo(root, "bagel/" + part + "/rgb/000.png");
      Files.createDirectories(root.resolve("bagel/" + part + "/xyz"));
      Files.write(root.resolve("bagel/" + part + "/xyz/000.tiff"), new byte[] {1});
    }
    black(root, "bagel/test/good/gt/000.png");
    marked(root, "bagel/test/hole/gt/000.png");

    Catalogue found = everyPurpose("mvtec-3d-ad");

    assertThat(found.description()).isEqualTo("MVTec 3D-AD: 1 category");
    assertThat(lines(found))
        .containsExactly(
            "bagel train good train/good/rgb/000.png",
            "bagel test good test/good/rgb/000.png",
            "bagel test hole test/hole/rgb/000.png = bagel/test/hole/gt/000.png");
    assertThat(passed(found)).isEqualTo(Map.of(Kind.NOT_NEEDED, 5L, Kind.MASK_OF_GOOD, 1L));
  }

  @Test
  void mvtecAd2WithItsLightConditionsAndPrivateImages() throws IOException {
    photo(root, "can/train/good/000_regular.png", "can/validation/good/010_regular.png");
    photo(root, "can/test_public/good/000_regular.png", "can/test_public/bad/003_shift_1.png");
    photo(root, "can/test_private/000_regular.png", "can/test_private_mixed/000_mixed.png");
    marked(root, "can/test_public/ground_truth/bad/003_shift_1_mask.png");

    Catalogue found = everyPurpose("mvtec-ad-2");

    assertThat(found.description()).isEqualTo("MVTec AD 2: 1 category");
    assertThat(lines(found))
        .containsExactly(
            "can train good train/good/000_regular.png [regular]",
            "can test bad test_public/bad/003_shift_1.png [shift_1]"
                + " = can/test_public/ground_truth/bad/003_shift_1_mask.png",
            "can test good test_public/good/000_regular.png [regular]");
    assertThat(passed(found)).isEqualTo(Map.of(Kind.NOT_NEEDED, 1L, Kind.UNLABELLED, 2L));
    assertThat(scored())
        .containsExactly(
            "test_private/000_regular.png",
            "test_private_mixed/000_mixed.png",
            "test_public/bad/003_shift_1.png",
            "test_public/good/000_regular.png");
  }

  @Test
  void visaByItsTable() throws IOException {
    photo(
        root,
        "candle/Data/Images/Normal/0000.JPG",
        "candle/Data/Images/Normal/0001.JPG",
        "candle/Data/Images/Normal/0002.JPG",
        "candle/Data/Images/Anomaly/000.JPG");
    marked(root, "candle/Data/Masks/Anomaly/000.png");
    Files.createDirectories(root.resolve("split_csv"));
    Files.writeString(
        root.resolve("split_csv/1cls.csv"),
        "object,split,label,image,mask\n"
            + "candle,train,normal,candle/Data/Images/Normal/0000.JPG,\n"
            + "candle,test,normal,candle/Data/Images/Normal/0001.JPG,\n"
            + "candle,test,normal,candle/Data/Images/Normal/0009.JPG,\n"
            + "candle,test,anomaly,candle/Data/Images/Anomaly/000.JPG,"
            + "candle/Data/Masks/Anomaly/000.png\n");
    Files.writeString(root.resolve("candle/image_anno.csv"), "image,label,mask\n");

    Catalogue found = everyPurpose("visa");

    assertThat(found.description()).isEqualTo("VisA: 1 category");
    assertThat(lines(found))
        .containsExactly(
            "candle train good Data/Images/Normal/0000.JPG",
            "candle test anomaly Data/Images/Anomaly/000.JPG = candle/Data/Masks/Anomaly/000.png",
            "candle test good Data/Images/Normal/0001.JPG");
    assertThat(passed(found)).isEqualTo(Map.of(Kind.NOT_LISTED, 1L, Kind.COMPANION, 1L));
    assertThat(found.categories().get(0).leftOut())
        .extracting(LeftOut::relativePath, LeftOut::reason)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "Data/Images/Normal/0009.JPG", "split_csv/1cls.csv names it, but it is absent."));
  }

  @Test
  void ksddWhoseLabelImagesTellTheLabels() throws IOException {
    for (int item = 1; item <= 5; item++) {
      photo(root, "kos0" + item + "/Part0.jpg", "kos0" + item + "/Part1.jpg");
      black(root, "kos0" + item + "/Part0_label.bmp");
    }
    black(root, "kos01/Part1_label.bmp", "kos04/Part1_label.bmp", "kos05/Part1_label.bmp");
    marked(root, "kos02/Part1_label.bmp");
    Files.write(root.resolve("kos03/Part1_label.bmp"), new byte[] {0});

    Catalogue found = everyPurpose("ksdd");

    assertThat(found.description())
        .isEqualTo(
            "KolektorSDD: 5 folders, of which every fifth with images without a defect has these"
                + " for test");
    String name = root.getFileName().toString();
    assertThat(lines(found))
        .containsExactly(
            name + " train good kos01/Part0.jpg",
            name + " train good kos01/Part1.jpg",
            name + " train good kos02/Part0.jpg",
            name + " train good kos03/Part0.jpg",
            name + " train good kos04/Part0.jpg",
            name + " train good kos04/Part1.jpg",
            name + " test defect kos02/Part1.jpg = kos02/Part1_label.bmp",
            name + " test good kos05/Part0.jpg",
            name + " test good kos05/Part1.jpg");
    Category category = found.categories().get(0);
    assertThat(category.leftOut())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.relativePath()).isEqualTo("kos03/Part1.jpg");
              assertThat(image.reason()).contains("kos03/Part1_label.bmp cannot be used");
            });
    assertThat(category.inputs().quarantined()).isEqualTo(2);
    assertThat(passed(found)).isEqualTo(Map.of(Kind.MASK_OF_GOOD, 8L));
  }

  @Test
  void ksdd2LearnsOnlyFromImagesWithoutADefect() throws IOException {
    photo(root, "train/10000.png", "train/10001.png", "test/20000.png", "test/20001.png");
    black(root, "train/10000_GT.png", "test/20000_GT.png");
    marked(root, "train/10001_GT.png", "test/20001_GT.png");

    Catalogue found = everyPurpose("ksdd2");

    String name = root.getFileName().toString();
    assertThat(lines(found))
        .containsExactly(
            name + " train good train/10000.png",
            name + " test good test/20000.png",
            name + " test defect test/20001.png = test/20001_GT.png");
    assertThat(passed(found))
        .isEqualTo(Map.of(Kind.DEFECTIVE_TRAINING, 1L, Kind.NOT_NEEDED, 1L, Kind.MASK_OF_GOOD, 2L));
  }

  @Test
  void magneticTileDividesItsImagesWithoutADefect() throws IOException {
    for (int i = 0; i < 6; i++) {
      photo(root, "MT_Free/Imgs/exp1_num_" + i + ".jpg");
      black(root, "MT_Free/Imgs/exp1_num_" + i + ".png");
    }
    photo(root, "MT_Crack/Imgs/exp1_num_7.jpg");
    marked(root, "MT_Crack/Imgs/exp1_num_7.png");

    Catalogue found = everyPurpose("magnetic-tile");

    assertThat(found.description()).startsWith("the magnetic-tile data set: 2 folders, ");
    String name = root.getFileName().toString();
    assertThat(lines(found))
        .containsExactly(
            name + " train good MT_Free/Imgs/exp1_num_0.jpg",
            name + " train good MT_Free/Imgs/exp1_num_1.jpg",
            name + " train good MT_Free/Imgs/exp1_num_2.jpg",
            name + " train good MT_Free/Imgs/exp1_num_3.jpg",
            name + " train good MT_Free/Imgs/exp1_num_5.jpg",
            name + " test MT_Crack MT_Crack/Imgs/exp1_num_7.jpg = MT_Crack/Imgs/exp1_num_7.png",
            name + " test good MT_Free/Imgs/exp1_num_4.jpg");
  }

  @Test
  void realIadByItsJsonFiles() throws IOException {
    String images = "realiad_1024/audiojack/";
    photo(root, images + "OK/S0001/audiojack_0001_OK_C1_2023.jpg");
    photo(root, images + "OK/S0002/audiojack_0002_OK_C2_2023.jpg");
    photo(root, images + "OK/S0003/audiojack_0003_OK_C2_2023.jpg");
    photo(root, images + "NG/HS/S0004/audiojack_0004_NG_HS_C3_2023.jpg");
    marked(root, images + "NG/HS/S0004/audiojack_0004_NG_HS_C3_2023_mask.png");
    photo(root, "realiad_256/audiojack/OK/S0001/audiojack_0001_OK_C1_2023.jpg");
    Files.createDirectories(root.resolve("realiad_jsons/realiad_jsons"));
    Files.writeString(
        root.resolve("realiad_jsons/realiad_jsons/audiojack.json"),
        """
        {"meta": {"normal_class": "OK", "prefix": "audiojack/"},
         "train": [{"category": "audiojack", "anomaly_class": "OK", "mask_path": null,
                    "image_path": "OK/S0001/audiojack_0001_OK_C1_2023.jpg"}],
         "test": [{"category": "audiojack", "anomaly_class": "OK", "mask_path": null,
                   "image_path": "OK/S0002/audiojack_0002_OK_C2_2023.jpg"},
                  {"category": "audiojack", "anomaly_class": "HS",
                   "mask_path": "NG/HS/S0004/audiojack_0004_NG_HS_C3_2023_mask.png",
                   "image_path": "NG/HS/S0004/audiojack_0004_NG_HS_C3_2023.jpg"}]}
        """);

    Catalogue found = everyPurpose("real-iad");

    assertThat(found.description()).isEqualTo("Real-IAD: 1 category");
    assertThat(lines(found))
        .containsExactly(
            "audiojack train good OK/S0001/audiojack_0001_OK_C1_2023.jpg [C1] of OK/S0001",
            "audiojack test HS NG/HS/S0004/audiojack_0004_NG_HS_C3_2023.jpg [C3] of NG/HS/S0004"
                + " = realiad_1024/audiojack/NG/HS/S0004/audiojack_0004_NG_HS_C3_2023_mask.png",
            "audiojack test good OK/S0002/audiojack_0002_OK_C2_2023.jpg [C2] of OK/S0002");
    assertThat(passed(found)).isEqualTo(Map.of(Kind.NOT_LISTED, 1L, Kind.NO_CATEGORY, 1L));
  }

  @Test
  void foldersOfNormalAndDefectiveImages() throws IOException {
    photo(root, "normal/a.png", "normal_test/b.png", "crack/a.png", "Bent/a.png");
    marked(root, "masks/crack/a.png", "masks/Bent/a_mask.png");

    assertThat(lines(read("auto", Purpose.EVALUATE)))
        .containsExactly(
            name() + " train good normal/a.png",
            name() + " test Bent Bent/a.png = masks/Bent/a_mask.png",
            name() + " test crack crack/a.png = masks/crack/a.png",
            name() + " test good normal_test/b.png");
    assertThat(lines(read("folder", Purpose.LEARN)))
        .containsExactly(name() + " train good normal/a.png");
  }

  @Test
  void masksOfTheOnlyKindNeedNoFolder() throws IOException {
    photo(root, "good/0.png", "good/1.png", "good/2.png", "good/3.png", "good/4.png", "bad/7.png");
    marked(root, "mask/7.png");

    assertThat(lines(read("folder", Purpose.EVALUATE)))
        .containsExactly(
            name() + " train good good/0.png",
            name() + " train good good/1.png",
            name() + " train good good/2.png",
            name() + " train good good/3.png",
            name() + " test bad bad/7.png = mask/7.png",
            name() + " test good good/4.png");
  }

  /** As before there were other layouts, with the same description. */
  @Test
  void mvtecAdIsReadAsEver() throws IOException {
    photo(root, "nut/train/good/000.png", "nut/test/good/000.png", "nut/test/bent/000.png");
    marked(root, "nut/ground_truth/bent/000_mask.png");

    for (Purpose purpose : Purpose.values()) {
      Catalogue before = DataSets.list(root.toString(), List.of(), purpose, new Configuration());
      assertThat(read("auto", purpose)).as("%s", purpose).isEqualTo(before);
      assertThat(read("mvtec-ad", purpose)).as("%s", purpose).isEqualTo(before);
    }
  }

  @Test
  void anImageWithTwoMasksAndTwoImagesWithOneAreLeftOut() throws IOException {
    photo(root, "01/train/ok/0.png", "01/test/ok/0.png", "01/test/ko/1.png");
    photo(root, "01/test/ko/2.png", "01/test/ko/2.bmp", "01/test/ko/3.png");
    marked(root, "01/ground_truth/ko/1.png", "01/ground_truth/ko/1.bmp");
    marked(root, "01/ground_truth/ko/2.png");

    Catalogue found = everyPurpose("btad");

    assertThat(found.categories().get(0).leftOut())
        .extracting(LeftOut::reason)
        .containsExactly(
            "The image has 2 masks, ground_truth/ko/1.bmp and ground_truth/ko/1.png; leave one of"
                + " them.",
            "The mask ground_truth/ko/2.png would serve 2 images, test/ko/2.bmp and test/ko/2.png;"
                + " leave one of them.",
            "The mask ground_truth/ko/2.png would serve 2 images, test/ko/2.bmp and test/ko/2.png;"
                + " leave one of them.");
    ImageRef withoutMask =
        found.categories().get(0).test().stream()
            .filter(image -> image.relativePath().equals("test/ko/3.png"))
            .findFirst()
            .orElseThrow();
    assertThat(withoutMask.maskRemark()).isEqualTo("expected ground_truth/ko/3.png");
  }

  @Test
  void theMaskOfAnImageThatIsLeftOutGoesWithIt() throws IOException {
    photo(root, "01/train/ok/0.png", "01/test/ko/1.png");
    marked(root, "01/ground_truth/ko/1.png", "01/ground_truth/ko/2.png");
    Files.write(root.resolve("01/test/ko/2.webp"), new byte[] {1});
    Files.createSymbolicLink(root.resolve("02"), root.resolve("01"));

    Catalogue found = everyPurpose("btad");

    assertThat(found.categories()).hasSize(1);
    assertThat(found.inputs().quarantined()).isEqualTo(2);
    assertThat(passed(found)).isEqualTo(Map.of(Kind.REACHED_TWICE, 1L));
  }

  @Test
  void foldersInNoLayoutAreShownWithTheNearest() throws IOException {
    photo(root, "bagel/rgb/000.png", "bagel/gt/000.png");

    assertThatThrownBy(() -> read("auto", Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found the folders bagel.")
        .hasMessageContaining(
            "The nearest layout is that of MVTec 3D-AD (--layout mvtec-3d-ad):"
                + " DIR/<category>/train/good/rgb and DIR/<category>/test/<defect>/rgb.")
        .hasMessageContaining("list the images in a manifest (--layout manifest)");
    assertThatThrownBy(() -> read("visa", Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected DIR/split_csv/1cls.csv and")
        .hasMessageContaining("MVTec 3D-AD (--layout mvtec-3d-ad)");
    photo(root, "can/test_public/good/0.png", "can/train/good/0.png");
    assertThatThrownBy(() -> read("ksdd", Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("It is in the layout of MVTec AD 2 (--layout mvtec-ad-2).");
    assertThatThrownBy(() -> KnownLayouts.choose("mvtec"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --layout is \"mvtec\"; it must be auto or btad or");
  }

  private String name() {
    return root.getFileName().toString();
  }

  private Catalogue read(String layout, Purpose purpose) {
    return DataSets.list(
        root.toString(), List.of(), purpose, KnownLayouts.choose(layout), new Configuration());
  }

  private List<String> scored() {
    return UnlabelledImages.find(
            root.toString(), List.of(), KnownLayouts.choose("auto"), new Configuration())
        .categories()
        .stream()
        .flatMap(category -> category.test().stream())
        .map(ImageRef::relativePath)
        .toList();
  }

  /**
   * Reads the data set for every purpose: each file is accounted for, what is used is what the
   * command gets, and both a recognised and a named layout give the same. The catalogue is that of
   * an evaluation.
   */
  private Catalogue everyPurpose(String id) throws IOException {
    for (Purpose purpose : Purpose.values()) {
      try (FolderListing listing =
          new FolderListing(DataFolder.open(root.toString(), new Configuration()))) {
        DataLayout layout = recognised(listing, purpose);
        assertThat(layout.id()).isEqualTo(id);
        Catalogue found = layout.read(listing, List.of(), purpose);
        assertThat(read(id, purpose)).isEqualTo(found);
        Accounting.assertComplete(
            listing.inventory(), found.inputs(), root, id + " for " + purpose);
        assertThat(gets(found, purpose)).as("%s", purpose).isEqualTo(used(listing));
      }
    }
    Catalogue learnt =
        NormalImages.find(
            root.toString(), List.of(), KnownLayouts.choose("auto"), new Configuration());
    Catalogue evaluated = read("auto", Purpose.EVALUATE);
    assertThat(learnt.categories().stream().map(Category::train).toList())
        .isEqualTo(evaluated.categories().stream().map(Category::train).toList());
    return evaluated;
  }

  private static DataLayout recognised(FolderListing listing, Purpose purpose) {
    LayoutChoice auto = KnownLayouts.choose("auto");
    return auto.known().stream()
        .filter(layout -> layout.isRecognisedFor(purpose))
        .filter(layout -> layout.recognises(listing, purpose))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> gets(Catalogue found, Purpose purpose) {
    return found.categories().stream()
        .flatMap(
            category ->
                Stream.concat(
                    purpose.onlyCounts() ? Stream.of() : category.train().stream(),
                    category.test().stream()))
        .flatMap(image -> Stream.concat(Stream.of(image.uri()), image.maskUris().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Images and masks that the inventory calls used, without the data set's own lists. */
  private static Set<String> used(FolderListing listing) {
    return listing.inventory().accounts().stream()
        .filter(account -> account.fate() == Fate.USED)
        .map(Account::path)
        .map(Object::toString)
        .filter(path -> !path.endsWith(".csv") && !path.endsWith(".json"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<Kind, Long> passed(Catalogue found) {
    return found.inputs().passedOver().stream()
        .collect(Collectors.toMap(PassedOver::kind, PassedOver::count));
  }

  /** A line for each image: category, part, label, name, group, item and masks below the root. */
  private List<String> lines(Catalogue found) {
    String base = "file:" + root + "/";
    return found.categories().stream()
        .flatMap(category -> Stream.concat(category.train().stream(), category.test().stream()))
        .map(
            image ->
                image.category()
                    + " "
                    + image.split().name().toLowerCase(java.util.Locale.ROOT)
                    + " "
                    + image.defect()
                    + " "
                    + image.relativePath()
                    + (image.group().isEmpty() ? "" : " [" + image.group() + "]")
                    + (image.item().isEmpty() ? "" : " of " + image.item())
                    + IntStream.range(0, image.maskUris().size())
                        .mapToObj(
                            i ->
                                (i == 0 ? " = " : " + ")
                                    + image.maskUris().get(i).replace(base, ""))
                        .collect(Collectors.joining()))
        .toList();
  }
}
