import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { Invoice } from "@/api/types";
import type { Format } from "@/i18n/format";
import type { Language } from "@/i18n/messages";
import { invoiceTexts } from "./invoice-texts";
import styles from "./invoice-document.module.css";

interface InvoiceDocumentProps {
  invoice: Invoice;
  language: Language;
  format: Format;
  onClose: () => void;
}

/** An invoice or credit note, which prints as a page of its own. */
export function InvoiceDocument({ invoice, language, format, onClose }: InvoiceDocumentProps) {
  const text = invoiceTexts[language];
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return;
    const end = () => setPrinting(false);
    addEventListener("afterprint", end);
    print();
    return () => removeEventListener("afterprint", end);
  }, [isPrinting]);
  return (
    <div className={styles.shown}>
      <div className="row">
        <Button variant="default" onClick={() => setPrinting(true)}>
          {text.print}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {text.close}
        </Button>
      </div>
      <Sheet invoice={invoice} language={language} format={format} />
      {isPrinting &&
        createPortal(
          <div className={styles.paper}>
            <Sheet invoice={invoice} language={language} format={format} />
          </div>,
          document.body,
        )}
    </div>
  );
}

function Sheet({ invoice, language, format }: Omit<InvoiceDocumentProps, "onClose">) {
  const text = invoiceTexts[language];
  const money = (amount: number) => format.money({ amount, currency: invoice.currency });
  const { seller, buyer } = invoice;
  return (
    <article className={styles.sheet}>
      <header>
        <h3>
          {text[invoice.kind]} <bdi>{invoice.reference}</bdi>
        </h3>
        {invoice.refersTo != null && <p>{text.about(invoice.refersTo)}</p>}
        {invoice.isCorrection && <p>{text.correction}</p>}
      </header>
      <div className={styles.parties}>
        <section>
          <h4>{text.seller}</h4>
          <p className={styles.lines} dir="auto">
            {[seller.legalName, seller.address].join("\n")}
          </p>
          <p>
            {text.taxId}: <bdi>{seller.taxId}</bdi>
          </p>
        </section>
        <section>
          <h4>{text.buyer}</h4>
          <p className={styles.lines} dir="auto">
            {[buyer.company, buyer.name, buyer.address].filter((line) => line != null && line !== "").join("\n")}
          </p>
          {buyer.vatId != null && (
            <p>
              {text.taxId}: <bdi>{buyer.vatId}</bdi>
            </p>
          )}
        </section>
      </div>
      <dl className={styles.facts}>
        <dt>{text.issued}</dt>
        <dd>{format.longDay(invoice.issuedAt, invoice.timeZone)}</dd>
        <dt>{text.moved}</dt>
        <dd>{format.longDay(invoice.movedAt, invoice.timeZone)}</dd>
        {invoice.orderCode != null && (
          <>
            <dt>{text.order}</dt>
            <dd dir="ltr">{invoice.orderCode}</dd>
          </>
        )}
      </dl>
      <p>
        <bdi>{invoice.eventTitle}</bdi>, {format.longDay(invoice.eventStartsAt, invoice.timeZone)}
      </p>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.what}</th>
              <th scope="col">{text.quantity}</th>
              <th scope="col">{text.unitPrice}</th>
              <th scope="col">{text.taxRate}</th>
              <th scope="col">{text.net}</th>
              <th scope="col">{text.tax}</th>
              <th scope="col">{text.total}</th>
            </tr>
          </thead>
          <tbody>
            {invoice.lines.map((line) => (
              <tr key={[line.description, line.unitPrice, line.taxBasisPoints, line.tax].join(" ")}>
                <td>
                  <bdi>{line.description ?? text.refund}</bdi>
                </td>
                <td className="num">{line.quantity}</td>
                <td className="num">{money(Number(line.unitPrice))}</td>
                <td className="num">{`${format.number(Number(line.taxBasisPoints) / 100)} %`}</td>
                <td className="num">{money(Number(line.net))}</td>
                <td className="num">{money(Number(line.tax))}</td>
                <td className="num">{money(Number(line.gross))}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={4}>
                {text.total}
              </th>
              <td className="num">{money(Number(invoice.net))}</td>
              <td className="num">{money(Number(invoice.tax))}</td>
              <td className="num">
                <strong>{money(Number(invoice.total))}</strong>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      {invoice.footer !== "" && (
        <p className={styles.lines} dir="auto">
          {invoice.footer}
        </p>
      )}
    </article>
  );
}
