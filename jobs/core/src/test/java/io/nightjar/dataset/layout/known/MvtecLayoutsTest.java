package io.nightjar.dataset.layout.known;

import static io.nightjar.testing.Drawn.black;
import static io.nightjar.testing.Drawn.marked;
import static io.nightjar.testing.Drawn.photo;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The data sets of MVTec: several masks an image, colour images, light conditions. */
class MvtecLayoutsTest extends KnownLayoutFixture {

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
}
