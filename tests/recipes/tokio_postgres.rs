//! The recipe for tokio-postgres, with a server that speaks a part of its protocol.

use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use errtable::{Retry, Retryable};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio_postgres::{Client, Config, NoTls};

use self::recipe::{PostgresError, TransactionError};
use crate::server::run;

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/tokio-postgres.rs"));
}

/// Returns a message of the protocol: its type, its length, and its body.
fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
    [&[kind], &length[..], body].concat()
}

fn error(state: &str) -> Vec<u8> {
    message(b'E', format!("SERROR\0VERROR\0C{state}\0Mno\0\0").as_bytes())
}

/// Answers the start of a connection, and one query: with a code, with success, or not at all.
async fn serve(mut stream: TcpStream, reply: &str) {
    let length = stream.read_u32().await.unwrap();
    stream.read_exact(&mut vec![0; length as usize - 4]).await.unwrap();
    if reply == "53300" {
        return stream.write_all(&error(reply)).await.unwrap();
    }
    let ready = message(b'Z', b"I");
    stream.write_all(&[message(b'R', &[0; 4]), ready.clone()].concat()).await.unwrap();
    assert_eq!(stream.read_u8().await.unwrap(), b'Q');
    let answer = match reply {
        "lost" => return,
        "done" => message(b'C', b"COMMIT\0"),
        state => error(state),
    };
    stream.write_all(&[answer, ready].concat()).await.unwrap();
}

/// Runs a transaction on a server that replies to one connection after the other. Returns the
/// result, and the number of transactions that were started.
fn transact(replies: &[&'static str], idempotent: bool) -> (Result<(), TransactionError>, usize) {
    run(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (mut replies, started) = (replies.iter(), Cell::new(0));
        let connect = async || -> Result<Client, TransactionError> {
            let stream = TcpStream::connect(address).await.unwrap();
            let (peer, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(peer, replies.next().copied().unwrap()));
            let connected = Config::new().user("test").connect_raw(stream, NoTls).await;
            let (client, connection) = connected.map_err(TransactionError)?;
            tokio::spawn(connection);
            Ok(client)
        };
        let transaction = async |client: &mut Client| {
            started.set(started.get() + 1);
            client.batch_execute("BEGIN; UPDATE t SET n = n + 1; COMMIT").await.map_err(TransactionError)
        };
        (recipe::run(connect, transaction, idempotent).await, started.get())
    })
}

#[test]
fn restarts_and_rejections_are_retried() {
    for code in ["40001", "40P01", "57P05"] {
        let (result, started) = transact(&[code, "done"], false);
        assert_eq!((result.is_ok(), started), (true, 2), "{code}");
    }
    let (result, started) = transact(&["53300", "40001", "done"], false);
    assert_eq!((result.is_ok(), started), (true, 2));
}

#[test]
fn other_codes_are_returned() {
    let (result, started) = transact(&["23505"], true);
    let error = result.unwrap_err();
    assert_eq!((error.code().unwrap().known(), started), (Some(PostgresError::UniqueViolation), 1));
    assert_eq!(error.retry(), Retry::Never);
}

/// A stream that reports what an attempt to connect would.
struct Refused;

impl AsyncRead for Refused {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Err(ErrorKind::ConnectionRefused.into()))
    }
}

impl AsyncWrite for Refused {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Err(ErrorKind::ConnectionRefused.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[test]
fn refused_connection_is_retried() {
    let error = run(async { Config::new().user("test").connect_raw(Refused, NoTls).await.map(drop).unwrap_err() });
    assert_eq!(TransactionError(error).retry(), Retry::Throttled);
}

#[test]
fn lost_connection_may_have_committed() {
    let (result, started) = transact(&["lost"], false);
    assert_eq!((result.unwrap_err().retry(), started), (Retry::Transient, 1));
    let (result, started) = transact(&["lost", "done"], true);
    assert_eq!((result.is_ok(), started), (true, 2));
}
