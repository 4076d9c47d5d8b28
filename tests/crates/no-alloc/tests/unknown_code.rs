//! Without allocation, the error of an unknown code does not contain its text.

use no_alloc::StorageError;

#[test]
fn text_is_left_out() {
    assert_eq!("507".parse(), Ok(StorageError::DiskFull));
    let [error, other] = ["Disk.Old", "Disk.New"].map(|text| text.parse::<StorageError>().unwrap_err());
    assert_eq!(error.to_string(), "unknown `StorageError` code");
    assert_eq!(format!("{error:?}"), r#"UnknownCode { enum_name: "StorageError", .. }"#);
    assert_eq!(error, other);
    assert_eq!(StorageError::try_from(7).unwrap_err(), other);
}
