package io.nightjar.report.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.metric.detection.AnomalyRegion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CocoDocumentTest {

  @Test
  void everyRegionIsAnAnnotationOfItsImage() throws IOException {
    AnomalyRegion shape = new AnomalyRegion(3, 1, 0, 2, 2, 1.5, 0.5, 9.5f, 2, 1, 8.25);
    byte[] json =
        CocoDocument.of(
            List.of(
                new ImageRegions("bottle", "a b.png", 4, 2, List.of()),
                new ImageRegions(
                    "bottle",
                    "c.png",
                    4,
                    2,
                    List.of(new DetectedRegion(shape, new int[] {2, 1, 1, 2, 2})))));

    JsonNode document = new ObjectMapper().readTree(json);
    assertThat(document.get("images").toString())
        .isEqualTo(
            "[{\"id\":1,\"file_name\":\"bottle/a b.png\",\"width\":4,\"height\":2},"
                + "{\"id\":2,\"file_name\":\"bottle/c.png\",\"width\":4,\"height\":2}]");
    assertThat(document.get("categories").toString())
        .isEqualTo("[{\"id\":1,\"name\":\"anomaly\",\"supercategory\":\"anomaly\"}]");
    assertThat(document.get("annotations").toString())
        .isEqualTo(
            "[{\"id\":1,\"image_id\":2,\"category_id\":1,\"bbox\":[1,0,2,2],\"area\":3,"
                + "\"segmentation\":{\"size\":[2,4],\"counts\":[2,1,1,2,2]},\"iscrowd\":0,"
                + "\"score\":9.5,\"mean_score\":8.25}]");
  }
}
