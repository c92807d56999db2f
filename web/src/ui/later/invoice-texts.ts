import type { Language } from "@/i18n/messages";

interface InvoiceTexts {
  invoice: string;
  creditNote: string;
  refundReturned: string;
  correction: string;
  about: (reference: string) => string;
  seller: string;
  buyer: string;
  taxId: string;
  issued: string;
  moved: string;
  order: string;
  what: string;
  quantity: string;
  unitPrice: string;
  taxRate: string;
  net: string;
  tax: string;
  total: string;
  refund: string;
  print: string;
  close: string;
  show: (reference: string) => string;
  title: string;
  text: string;
  none: string;
  name: string;
  company: string;
  address: string;
  save: string;
  saved: string;
  failed: string;
  offer: string;
}

export const invoiceTexts: Record<Language, InvoiceTexts> = {
  en: {
    invoice: "Invoice",
    creditNote: "Credit note",
    refundReturned: "Refund returned",
    correction: "Corrects whom it is made out to",
    about: (reference) => `For invoice ${reference}`,
    seller: "Seller",
    buyer: "Buyer",
    taxId: "VAT or tax number",
    issued: "Issued",
    moved: "Paid or paid back",
    order: "Order code",
    what: "Description",
    quantity: "Quantity",
    unitPrice: "Price with tax",
    taxRate: "Tax rate",
    net: "Net",
    tax: "Tax",
    total: "Total",
    refund: "Paid back",
    print: "Print",
    close: "Close",
    show: (reference) => `Show ${reference}`,
    title: "Invoices",
    text: "Whom an invoice is made out to. Change it after the invoice is there, and it is taken back and made out anew.",
    none: "Your invoice comes a few seconds after the payment.",
    name: "Name",
    company: "Company (optional)",
    address: "Address (optional)",
    save: "Save",
    saved: "Saved. A new invoice follows in a few seconds where one was there.",
    failed: "This could not be saved. Check the fields and try again.",
    offer: "Invoice to a company or another address",
  },
  de: {
    invoice: "Rechnung",
    creditNote: "Gutschrift",
    refundReturned: "Erstattung zurückgekommen",
    correction: "Berichtigt den Empfänger",
    about: (reference) => `Zu Rechnung ${reference}`,
    seller: "Verkäufer",
    buyer: "Käufer",
    taxId: "USt-IdNr. oder Steuernummer",
    issued: "Ausgestellt",
    moved: "Bezahlt oder erstattet",
    order: "Bestellcode",
    what: "Beschreibung",
    quantity: "Anzahl",
    unitPrice: "Preis mit Steuer",
    taxRate: "Steuersatz",
    net: "Netto",
    tax: "Steuer",
    total: "Gesamt",
    refund: "Erstattet",
    print: "Drucken",
    close: "Schließen",
    show: (reference) => `${reference} zeigen`,
    title: "Rechnungen",
    text: "An wen die Rechnung geht. Ändern Sie es, wenn sie schon da ist, wird sie gutgeschrieben und neu ausgestellt.",
    none: "Ihre Rechnung kommt wenige Sekunden nach der Zahlung.",
    name: "Name",
    company: "Firma (freiwillig)",
    address: "Anschrift (freiwillig)",
    save: "Speichern",
    saved: "Gespeichert. War schon eine Rechnung da, folgt in wenigen Sekunden eine neue.",
    failed: "Das ließ sich nicht speichern. Prüfen Sie die Felder und versuchen Sie es erneut.",
    offer: "Rechnung an eine Firma oder andere Anschrift",
  },
  es: {
    invoice: "Factura",
    creditNote: "Factura rectificativa",
    refundReturned: "Devolución no cobrada",
    correction: "Corrige el destinatario",
    about: (reference) => `De la factura ${reference}`,
    seller: "Vendedor",
    buyer: "Comprador",
    taxId: "NIF o número de IVA",
    issued: "Emitida",
    moved: "Pagado o devuelto",
    order: "Código de pedido",
    what: "Descripción",
    quantity: "Cantidad",
    unitPrice: "Precio con impuestos",
    taxRate: "Tipo",
    net: "Base",
    tax: "Impuesto",
    total: "Total",
    refund: "Devuelto",
    print: "Imprimir",
    close: "Cerrar",
    show: (reference) => `Ver ${reference}`,
    title: "Facturas",
    text: "A nombre de quién va la factura. Si la cambia cuando ya está emitida, se rectifica y se emite otra.",
    none: "Su factura llega unos segundos después del pago.",
    name: "Nombre",
    company: "Empresa (opcional)",
    address: "Dirección (opcional)",
    save: "Guardar",
    saved: "Guardado. Si ya había factura, en unos segundos llega otra.",
    failed: "No se pudo guardar. Revise los campos e inténtelo de nuevo.",
    offer: "Factura a una empresa u otra dirección",
  },
  ar: {
    invoice: "فاتورة",
    creditNote: "إشعار دائن",
    refundReturned: "مبلغ مُسترد عاد",
    correction: "يصحّح المرسل إليه",
    about: (reference) => `عن الفاتورة ${reference}`,
    seller: "البائع",
    buyer: "المشتري",
    taxId: "الرقم الضريبي",
    issued: "تاريخ الإصدار",
    moved: "تاريخ الدفع أو الرد",
    order: "رمز الطلب",
    what: "الوصف",
    quantity: "العدد",
    unitPrice: "السعر مع الضريبة",
    taxRate: "نسبة الضريبة",
    net: "الصافي",
    tax: "الضريبة",
    total: "الإجمالي",
    refund: "مبلغ مردود",
    print: "طباعة",
    close: "إغلاق",
    show: (reference) => `عرض ${reference}`,
    title: "الفواتير",
    text: "باسم من تصدر الفاتورة. إن غيّرته بعد صدورها تُلغى بإشعار دائن وتصدر أخرى.",
    none: "تصل فاتورتك بعد الدفع بثوانٍ.",
    name: "الاسم",
    company: "الشركة (اختياري)",
    address: "العنوان (اختياري)",
    save: "حفظ",
    saved: "حُفظ. إن كانت هناك فاتورة تصدر أخرى خلال ثوانٍ.",
    failed: "تعذّر الحفظ. راجع الحقول وحاول مجددًا.",
    offer: "فاتورة باسم شركة أو بعنوان آخر",
  },
};
