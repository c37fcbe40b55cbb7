package io.nightjar.dataset.layout.known;

import static io.nightjar.testing.Drawn.marked;
import static io.nightjar.testing.Drawn.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Data sets whose own lists say what is for training and for test. */
class ListedLayoutsTest extends KnownLayoutFixture {

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
            tuple("Data/Images/Normal/0009.JPG", "split_csv/1cls.csv names it, but it is absent."));
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
}
