//! Answers of a service.

/// The body of a success with this many rows.
pub(crate) fn success(rows: usize) -> String {
    let topics: Vec<String> = (0..rows)
        .map(|row| {
            format!(
                r#"{{"TopicId":"8a1b{row:08}","TopicName":"orders-{row}","LogsetId":"3c7d{row:08}","PartitionCount":{},"Index":{},"CreateTime":"2026-03-{:02} 08:30:00","Period":{},"Describes":"orders of shop {row}, kept for the books"}}"#,
                row % 50 + 1,
                row % 2 == 0,
                row % 28 + 1,
                row % 3600,
            )
        })
        .collect();
    format!(
        r#"{{"Response":{{"TotalCount":{rows},"Topics":[{}],"RequestId":"f3c4c5b2-9f1a-4a53-8b1b-6f8d5d7c2b11"}}}}"#,
        topics.join(",")
    )
}

/// The body of a failure with a code of the table, or without.
pub(crate) fn failure(code: &str) -> String {
    format!(
        r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"The number of requests exceeds the frequency limit."}},"RequestId":"f3c4c5b2-9f1a-4a53-8b1b-6f8d5d7c2b11"}}}}"#
    )
}
